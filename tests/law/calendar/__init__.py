"""Tests of the electoral calendar."""
