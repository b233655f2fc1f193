using BscFlow.Local.Commands;

namespace BscFlow.Tests.Local.Commands;

public sealed class ProgressLineTests
{
    private const string Clear = "\r\u001b[K";

    [Fact]
    public void The_line_is_written_over_goes_only_forward_and_begins_again_when_it_was_cleared()
    {
        using var terminal = new StringWriter();
        var line = new ProgressLine(terminal, "ballots read");

        line.Report(1_000);
        line.Report(2_000);
        line.Report(1_500);
        line.Clear();
        line.Report(1_000);

        Assert.Equal($"{Clear}1000 ballots read{Clear}2000 ballots read{Clear}{Clear}1000 ballots read", terminal.ToString());
    }

    [Fact]
    public void Where_the_errors_go_to_a_file_there_is_none()
    {
        Assert.SkipUnless(Console.IsErrorRedirected, "A person looks at a terminal here.");

        Assert.Null(ProgressLine.On(TextWriter.Null, "files"));
    }
}
