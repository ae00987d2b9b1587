"""Reading other people's spreadsheets: bytes become cells, cells become rows that a `Schema` understands.

    tables     bytes -> tables of text, whatever wrote them
    guesses    which line names the columns, and which column is which field
    rows       cells -> values, or what is wrong with them and on which line
Nothing here knows what a row is for, nor the database: the caller brings a `Schema`.
"""
