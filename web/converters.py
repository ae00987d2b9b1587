"""Path parts that fit a database column: anything longer is simply no page of ours."""


class Small:
    regex = "[0-9]{1,6}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
