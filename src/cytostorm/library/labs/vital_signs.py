"""What the monitor shows."""

from cytostorm.library.organs import circulation, fever
from cytostorm.model import Module

m = Module("vital_signs", "lab", "vital signs")

m.lab("temperature", fever.core, "degC", "body temperature")
m.lab("heart_rate", circulation.heart_rate, "bpm", "heart rate")
m.lab("map", circulation.pressure, "mmHg", "mean arterial pressure")
