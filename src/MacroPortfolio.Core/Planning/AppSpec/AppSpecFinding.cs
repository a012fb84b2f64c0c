namespace MacroPortfolio.Core.Planning.AppSpec;

public enum AppSpecSeverity
{
    /// <summary>The agent refuses it for certain, or a deployment fails for certain.</summary>
    Error,

    /// <summary>A usual mistake that may be meant, or one that depends on what is not known here.</summary>
    Warning,
}

/// <summary>When the agent comes upon it.</summary>
public enum AppSpecStage
{
    /// <summary>It reads the file, before each of its steps.</summary>
    Parse,

    /// <summary>It copies files and sets permissions.</summary>
    Install,

    /// <summary>It runs scripts.</summary>
    Hook,
}

/// <summary>Something wrong with an AppSpec file or a script that it names. What and Fix are a line each, fit for a log.</summary>
/// <param name="File">The AppSpec file, or the script whose first line is meant.</param>
/// <param name="Line">Counted from 1, as is the column.</param>
public sealed record AppSpecFinding(AppSpecSeverity Severity, AppSpecStage Stage, string File, int Line, int Column, string What, string Fix);
