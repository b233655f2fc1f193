namespace BscFlow.Votes.Ranked.Files;

/// <summary>A CSV file whose first row names its columns, in any order and in any case.</summary>
internal sealed class CsvTable
{
    private readonly LineReader _lines;
    private readonly CsvRecords _records;
    private readonly List<string> _columns;
    private List<string> _cells = [];

    /// <exception cref="BallotFormatException">It is empty, or no text that is read.</exception>
    public CsvTable(Stream stream)
    {
        _lines = new LineReader(stream);
        _ = _lines.Peek();
        _records = new CsvRecords(_lines);
        _columns = _records.TryRead(out var heading)
            ? [.. _records.Split(heading).Select(name => name.Trim())]
            : throw new BallotFormatException(0, "it is empty");
    }

    /// <summary>As the first row names them.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The line that was read last.</summary>
    public int Line => _lines.Number;

    /// <exception cref="BallotFormatException">There is no such column.</exception>
    public void Require(string column)
    {
        if (ColumnOf(column) < 0)
        {
            throw new BallotFormatException(1, $"it has no column \"{column}\"");
        }
    }

    /// <summary>Goes to the next row that is not blank.</summary>
    public bool TryRead()
    {
        while (_records.TryRead(out var record))
        {
            _cells = _records.Split(record);
            if (_cells.Exists(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A cell of the row, without blanks at its ends; empty where there is none.</summary>
    public string Cell(string column) =>
        ColumnOf(column) is >= 0 and var index && index < _cells.Count ? _cells[index].Trim() : "";

    private int ColumnOf(string column) => _columns.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
}
