import ast

from .house import FILES, lines_of, modules, short, tree

# Words that say nothing about what is inside.
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "process"}
EMPTY_WORDS |= {"data", "misc"}
TYPED = {"actions", "queries", "charts", *lines_of(FILES)[-1]}


def public_functions(*rooms: str):
    """The functions and methods that others may call, in the files or folders of these names."""
    for path in modules():
        if set(rooms).isdisjoint(short(path).removesuffix(".py").split("/")):
            continue
        body = tree(path).body
        for node in [*body, *(part for each in body if isinstance(each, ast.ClassDef) for part in each.body)]:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{short(path)}:{node.name}", node


def untyped(node: ast.FunctionDef) -> bool:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    bare = [arg for arg in given if arg.annotation is None and arg.arg not in {"self", "cls"}]
    return node.returns is None or bool(bare)


def test_a_module_is_named_for_what_is_in_it():
    named = {part for path in modules() for part in short(path).removesuffix(".py").split("/")}
    assert named & EMPTY_WORDS == set()


def test_public_functions_where_the_rules_live_are_typed():
    assert [name for name, node in public_functions(*TYPED) if untyped(node)] == []


def test_an_action_takes_all_but_its_subject_by_name():
    assert [name for name, node in public_functions("actions") if len(node.args.args) > 1] == []
