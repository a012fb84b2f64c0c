using CsCheck;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

/// <summary>Any history that a group can have.</summary>
internal static class Pasts
{
    public static Gen<Revision> Revision { get; } = Gen.OneOf<Revision>(
        Some.GitHub('a'), Some.GitHub('b'), Some.GitHub('c'),
        Some.S3(), Some.S3("v1"), Some.S3("v2"), Some.S3(eTag: "e1"), Some.S3("v3", "e1"), Some.S3(key: "other.zip"),
        new Revision.Unrecognised("AppSpecContent"));

    public static Gen<PastDeployment> Any { get; } = Gen.Select(
        Gen.Int[1, 9_999],
        Revision,
        Gen.Frequency((5, "Succeeded"), (1, "Failed"), (1, "Stopped"), (1, "InProgress"), (1, "Paused")),
        Gen.Frequency((3, Some.Counts(succeeded: 4)), (1, Some.Counts(succeeded: 3, failed: 1)), (1, Some.Counts(succeeded: 3, skipped: 1))),
        Gen.Frequency((4, "user"), (1, "codeDeployRollback"), (1, "autoscaling"), (1, "autoscalingTermination")),
        Gen.OneOf("deploy", "promote", "rollback"),
        (number, revision, status, counts, creator, verb) => Some.Past(number, revision, status, counts, creator, verb));
}
