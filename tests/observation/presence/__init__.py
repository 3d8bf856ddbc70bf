"""Who stands at the door of a commission: judged by the law, noted on devices, counted."""
