namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>The AWS SDK reads its endpoint from the process's environment, so tests that set it take turns.</summary>
internal static class Endpoint
{
    public const string OfTheProcess = "AWS_ENDPOINT_URL";

    public static void Set(string url) => Environment.SetEnvironmentVariable(OfTheProcess, url);
}
