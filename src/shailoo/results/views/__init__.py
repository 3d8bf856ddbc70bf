"""The pages of the results department at the desk: for TEC chairs and the CEC. Reading pages change nothing."""
