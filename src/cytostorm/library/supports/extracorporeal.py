"""What passes through a device outside the body, and is not given back: sockets for what is in plasma."""

from cytostorm.model import Module

m = Module(
    "extracorporeal",
    "support",
    "removal outside the body",
    about="Devices say how much plasma they clear in an hour; every drug in plasma reads it. What the body "
    "makes itself is removed by each device by name.",
)

whole = m.drive("whole", "L/h", "plasma that is cleared of everything in it")
proteins = m.drive("proteins", "L/h", "plasma that is cleared of proteins of 5 to 60 kDa")
