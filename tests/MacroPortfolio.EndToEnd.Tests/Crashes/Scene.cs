using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests.Crashes;

/// <summary>A run that is about to be made, and how the world is to be after it.</summary>
/// <param name="Groups">One deployment is intended to each, in this order.</param>
/// <param name="Commit">What they run in the end.</param>
/// <param name="Previous">What they ran before; null: nothing.</param>
/// <param name="Pulls">The pull requests that have one comment each in the end.</param>
/// <param name="Headline">What it says.</param>
internal sealed record Scene(Job Job, string[] Words, IReadOnlyList<string> Groups, string Commit, string? Previous, IReadOnlyList<int> Pulls, string Headline)
{
    /// <param name="before">How many deployments each group had.</param>
    /// <param name="last">The run that was not killed.</param>
    /// <returns>Everything that is wrong.</returns>
    public async Task<IReadOnlyList<string>> JudgeAsync(CrashCloud cloud, Application application, IReadOnlyList<int> before, StepResult last)
    {
        var problems = new List<string>();
        void Expect(bool good, string problem)
        {
            if (!good)
            {
                problems.Add(problem);
            }
        }

        var ids = new List<string>();
        foreach (var (group, had) in Groups.Zip(before))
        {
            var made = (await new Laptop(cloud).DeploymentsAsync(application, group)).Skip(had).ToList();
            Expect(made.Count == 1, $"{group} got {made.Count} deployments");
            Expect(made.TrueForAll(info => info["status"]!.ToString() == "Succeeded"), $"{group}'s is {string.Join(", ", made.Select(info => info["status"]))}");
            Expect(made.TrueForAll(info => info["revision"]!["gitHubLocation"]!["commitId"]!.ToString() == cloud.Commit(Commit)), $"{group}'s is not of {Commit}");
            ids.AddRange(made.Select(info => info["deploymentId"]!.ToString()));
        }

        Expect((last.ExitCode, last.Outcome) == (0, "succeeded"), $"the outcome is {last.Outcome} ({last.ExitCode})");
        Expect(last.Outputs.GetValueOrDefault("deployment-ids") == string.Join('\n', ids), $"the outputs name {last.Outputs.GetValueOrDefault("deployment-ids")}, not {string.Join(", ", ids)}");
        Expect(last.Outputs.GetValueOrDefault("revision") == cloud.Revision(Commit), $"the revision is {last.Outputs.GetValueOrDefault("revision")}");
        Expect(last.Outputs.GetValueOrDefault("previous-revision") == (Previous is null ? "" : cloud.Revision(Previous)), $"the previous revision is {last.Outputs.GetValueOrDefault("previous-revision")}");
        Expect(last.State.GetValueOrDefault("settled") == "succeeded", $"settled is {last.State.GetValueOrDefault("settled")}");
        Expect(last.Log.Warnings.Count == 0, $"it warns of {string.Join(", ", last.Log.Warnings)}");

        foreach (var (group, id) in Groups.Zip(ids))
        {
            var records = await GitHubRecord.OfAsync(cloud, application, group == "stable" ? "production" : group);
            Expect(
                records.Select(record => $"{record.Payload["deployments"]![0]} {record.State}").SequenceEqual([$"{id} success"]),
                $"the records of {group} are {string.Join(", ", records.Select(record => $"{record.Payload["deployments"]} {string.Join(' ', record.States)}"))}");
        }

        var comments = await cloud.CommentsAsync(application);
        Expect(comments.Select(comment => comment.Pull).SequenceEqual(Pulls), $"there are comments on {string.Join(", ", comments.Select(comment => comment.Pull))}, not on {string.Join(", ", Pulls)}");
        Expect(comments.All(comment => comment.Body.Contains(Headline, StringComparison.Ordinal)), $"the comments say {string.Join("\n", comments)}");
        return problems;
    }
}
