"""The agencies' tree and the units that they serve, for summing figures upwards."""

from motcua.agencies import queries as agencies
from motcua.core.texts import Text
from motcua.monitoring.rules.scopes import AgencyNode, Land, PlaceNode
from motcua.places import queries as places


def land() -> Land:
    """All agencies, and the units that they serve with the units around those; two queries."""
    nodes = [AgencyNode(a.id, a.identifier, a.name, a.path, a.serves_code or "") for a in agencies.agencies()]
    served = places.units({node.place for node in nodes if node.place})
    found: dict[str, PlaceNode] = {}
    for unit in served.values():
        found[unit.code] = PlaceNode(unit.code, Text(unit.name, unit.name_en), unit.parent_code or "")
        if unit.parent_code and unit.parent_code not in served:
            found[unit.parent_code] = PlaceNode(unit.parent_code, Text(unit.parent_name, ""), "")
    return Land(nodes, found.values())
