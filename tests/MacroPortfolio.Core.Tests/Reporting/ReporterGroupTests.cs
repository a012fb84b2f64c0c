using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class ReporterGroupTests
{
    private readonly List<string> warnings = [];

    private sealed class Refusing(Exception why) : IReporter
    {
        public Task ReportAsync(RunEvent happened, CancellationToken ct) => Task.FromException(why);
    }

    [Theory]
    [InlineData(false, "Refusing could not report: 422 Body is too long. The deployment is not affected.")]
    [InlineData(true, "Refusing could not report: it took too long. The deployment is not affected.")]
    public async Task A_reporter_that_fails_is_a_warning_and_the_next_one_is_told(bool tooLong, string warning)
    {
        var next = new RecordingReporter(TimeProvider.System);
        var group = new ReporterGroup([new Refusing(tooLong ? new OperationCanceledException() : new InvalidOperationException("422 Body is too long")), next], WarnAsync);

        await group.ReportAsync(new RunEvent.Trouble("throttled"), CancellationToken.None);

        warnings.Should().Equal(warning);
        next.Of<RunEvent.Trouble>().Should().ContainSingle();
    }

    [Fact]
    public async Task Without_reporters_nothing_happens()
    {
        await new ReporterGroup([], WarnAsync).ReportAsync(new RunEvent.Trouble("throttled"), CancellationToken.None);

        warnings.Should().BeEmpty();
    }

    private Task WarnAsync(string warning)
    {
        warnings.Add(warning);
        return Task.CompletedTask;
    }
}
