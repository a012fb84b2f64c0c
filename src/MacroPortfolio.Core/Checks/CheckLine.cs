using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Checks;

public enum CheckVerdict
{
    Pass,

    /// <summary>A deployment would fail here, or do what nobody wants.</summary>
    Fail,

    /// <summary>It could not be found out, or nobody can know before the deployment.</summary>
    Unknown,
}

/// <summary>A step of the path that a deployment takes, and what was found there.</summary>
/// <param name="Step">What was looked at: <c>role</c>, <c>gray: instances</c>.</param>
/// <param name="What">One line.</param>
/// <param name="Fix">What to do; empty where there is nothing to do.</param>
public sealed record CheckLine(string Step, CheckVerdict Verdict, string What, string Fix = "")
{
    /// <summary>It fails for want of access, not for what was asked.</summary>
    public bool IsAccess { get; init; }

    /// <summary>What is too long for a line: a statement to paste.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    public static CheckLine Pass(string step, string what) => new(step, CheckVerdict.Pass, what);

    public static CheckLine Fail(string step, string what, string fix) => new(step, CheckVerdict.Fail, what, fix);

    public static CheckLine Unknown(string step, string what, string fix = "") => new(step, CheckVerdict.Unknown, what, fix);

    public static CheckLine Of(string step, DeployException error) =>
        Fail(step, error.Message, error.Next) with { IsAccess = error.Outcome == Outcome.NoAccess, Details = error.Details };
}

/// <summary>All steps, in the order of the path.</summary>
public sealed record CheckReport(ApplicationName Application, RegionName Region, IReadOnlyList<CheckLine> Lines)
{
    public int Count(CheckVerdict verdict) => Lines.Count(line => line.Verdict == verdict);

    /// <summary>What is unknown fails nothing.</summary>
    public Outcome Outcome =>
        Lines.Any(line => line is { Verdict: CheckVerdict.Fail, IsAccess: true }) ? Outcome.NoAccess
        : Count(CheckVerdict.Fail) > 0 ? Outcome.BadInput
        : Outcome.Succeeded;
}
