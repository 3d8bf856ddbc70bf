"""A generated nation: everything that an election needs, from one seed, for demonstrations and rehearsals.

Its size, its regions and its regional votes are figures of public record; everything else is drawn from the seed, and
the same seed gives the same nation on every machine. It reads no clock and no database. Whatever is made of it must be
marked as generated (`Election.Origin.GENERATED`).
"""

from shailoo.elections.generator.anomalies import Anomaly
from shailoo.elections.generator.files import columns, write_csv
from shailoo.elections.generator.nation import Nation, Station, generate
from shailoo.elections.generator.people import Name
from shailoo.elections.generator.sheets import Sheet

__all__ = ["Anomaly", "Name", "Nation", "Sheet", "Station", "columns", "generate", "write_csv"]
