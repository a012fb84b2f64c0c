using System.Text.RegularExpressions;

namespace MacroPortfolio.EndToEnd.Tests.Metadata;

/// <summary>The workflows that others copy and call: others take them as examples, so they are held to what GitHub advises.</summary>
public sealed class WorkflowTests
{
    private const string Us = "OWNER/REPO";

    public static TheoryData<string> All => [.. Repository.Workflows, .. Repository.Callers];

    public static TheoryData<string> Callers => [.. Repository.Callers];

    public static TheoryData<string> Reusable => [".github/workflows/deploy.yml", ".github/workflows/gray-release.yml"];

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_permitted_but_what_a_job_asks_for(string path)
    {
        var workflow = Repository.ReadYaml(path);

        workflow["permissions"].Should().Match<Yaml>(permissions => permissions.IsMap && permissions.Keys.Count == 0);
        Jobs(workflow).Should().OnlyContain(job => job["permissions"].Keys.Count > 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Actions_of_others_are_pinned_by_commit_with_the_tag_beside_it(string path)
    {
        var uses = Regex.Matches(Repository.Read(path), @"uses: (.*)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

        uses.Where(action => !action.StartsWith(Us, StringComparison.Ordinal) && !action.StartsWith("./", StringComparison.Ordinal))
            .Should().NotContain(action => !Regex.IsMatch(action, @"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_expression_stands_in_a_script(string path)
    {
        var scripts = Jobs(Repository.ReadYaml(path)).SelectMany(job => job["steps"].Items).Select(step => step["run"].Text).OfType<string>();

        scripts.Should().NotContain(script => script.Contains("${{"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Our_actions_are_given_only_inputs_that_they_have(string path)
    {
        foreach (var step in Jobs(Repository.ReadYaml(path)).SelectMany(job => job["steps"].Items))
        {
            if (ActionOf(step) is { } action)
            {
                step["with"].Keys.Should().BeSubsetOf(Repository.ReadYaml(action)["inputs"].Keys);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public void A_caller_gives_a_reusable_workflow_what_it_takes_and_needs(string path)
    {
        foreach (var job in Jobs(Repository.ReadYaml(path)).Where(job => job["uses"].Exists))
        {
            var called = Repository.ReadYaml(Regex.Match(job["uses"].Text!, $"^{Us}/(.*)@v1$").Groups[1].Value);
            var takes = called["on"]["workflow_call"];

            job["with"].Keys.Should().BeSubsetOf(takes["inputs"].Keys);
            job["with"].Keys.Should().Contain(takes["inputs"].Pairs.Where(input => input.Value["required"].Text == "true").Select(input => input.Key));
            // Few pages ask for a header: whoever has one that does passes the secret on himself.
            job["secrets"].Keys.Should().Equal(takes["secrets"].Keys.Except(["GATE_HEADERS"]));
            // GitHub does not start a run in which a called job asks for more than its caller has.
            Grants(job).Should().BeEquivalentTo(Jobs(called).SelectMany(Grants).Distinct());
        }
    }

    [Theory]
    [MemberData(nameof(Reusable))]
    public void A_reusable_workflow_hands_every_input_to_the_action_with_the_same_default(string path)
    {
        // The token is the job's own, and nobody can read a file of a workspace that ends with the job.
        string[] notOffered = ["github-token", "result-file"];
        var workflow = Repository.ReadYaml(path);
        var offered = workflow["on"]["workflow_call"]["inputs"];

        foreach (var step in Jobs(workflow).Single()["steps"].Items.Where(step => ActionOf(step) is not null))
        {
            var inputs = Repository.ReadYaml(ActionOf(step)!)["inputs"];
            step["with"].Keys.Should().BeEquivalentTo(inputs.Keys.Except(notOffered));
            foreach (var (name, given) in step["with"].Pairs)
            {
                // A workflow's inputs are shown to everybody who may see its runs.
                given.Text.Should().StartWith(name == "gate-headers" ? "${{ secrets.GATE_HEADERS " : $"${{{{ inputs.{name} ");
                if (name == "gate-headers")
                {
                    continue;
                }

                offered[name]["default"].Text.Should().Match(text => string.IsNullOrEmpty(text) || text == inputs[name]["default"].Text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Reusable))]
    public void A_reusable_workflow_passes_every_output_on(string path)
    {
        var workflow = Repository.ReadYaml(path);
        var (name, job) = workflow["jobs"].Pairs.Single();
        var steps = job["steps"].Items.Where(step => ActionOf(step) is not null).Select(step => step["id"].Text).ToList();
        var outputs = Repository.ReadYaml("action.yml")["outputs"].Keys;

        string FirstOf(string output) => string.Join(" || ", steps.Select(step => $"steps.{step}.outputs.{output}"));
        job["outputs"].Pairs.Select(output => (output.Key, output.Value.Text))
            .Should().Equal(outputs.Select(output => (output, (string?)$"${{{{ {FirstOf(output)} }}}}")));
        workflow["on"]["workflow_call"]["outputs"].Pairs.Select(output => (output.Key, output.Value["value"].Text))
            .Should().Equal(outputs.Select(output => (output, (string?)$"${{{{ jobs.{name}.outputs.{output} }}}}")));
    }

    [Theory]
    [MemberData(nameof(Reusable))]
    public void A_reusable_workflow_runs_the_action_of_its_own_commit_and_nothing_where_it_does_not_know_it(string path)
    {
        var steps = Jobs(Repository.ReadYaml(path)).Single()["steps"].Items;
        var guard = steps[0];
        var fetch = steps.Single(step => step["uses"].Text?.StartsWith("actions/checkout@", StringComparison.Ordinal) is true)["with"];

        guard["if"].Text.Should().Be("${{ !job.workflow_repository || !job.workflow_sha }}");
        guard["run"].Text.Should().EndWith("exit 1\n");
        fetch["repository"].Text.Should().Be("${{ job.workflow_repository }}");
        fetch["ref"].Text.Should().Be("${{ job.workflow_sha }}");
        fetch["persist-credentials"].Text.Should().Be("false");
        steps.Where(step => ActionOf(step) is not null).Should().NotBeEmpty()
            .And.OnlyContain(step => step["uses"].Text!.StartsWith($"./{fetch["path"].Text}", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Reusable))]
    public void A_reusable_workflow_drops_no_run_and_shares_no_concurrency_group_with_its_caller(string path)
    {
        var job = Jobs(Repository.ReadYaml(path)).Single();

        job["concurrency"]["group"].Text.Should().StartWith("macro-portfolio/${{ inputs.environment }}/${{ inputs.application }}/");
        (job["concurrency"]["cancel-in-progress"].Text, job["concurrency"]["queue"].Text).Should().Be(("false", "max"));
        job["timeout-minutes"].Exists.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public void What_people_copy_is_short(string path)
    {
        // That of the stacks calls nothing of ours: whoever gives it the right to make roles wants to read what it does with it.
        var longest = path == "workflows/infrastructure.yml" ? 110 : 40;

        Repository.Read(path).Count(character => character == '\n').Should().BeInRange(15, longest);
    }

    [Theory]
    [InlineData("workflows/promote.yml")]
    [InlineData("workflows/rollback.yml")]
    public void One_click_promotes_and_one_click_rolls_back(string path)
    {
        var on = Repository.ReadYaml(path)["on"];

        on.Keys.Should().Equal("workflow_dispatch");
        on["workflow_dispatch"]["inputs"].Pairs.Should().NotContain(input => input.Value["required"].Text == "true");
    }

    [Fact]
    public void The_smallest_use_is_one_step_with_three_values()
    {
        Repository.Read("workflows/smallest.yml").Should().Contain("""
                permissions: { id-token: write, contents: read }
                steps:
                  - uses: OWNER/REPO@v1
                    with:
                      role-to-assume: ${{ secrets.IAMROLE_GITHUB_ARN }}
                      application: macro-portfolio
                      deployment-group: gray

            """);
    }

    private static IEnumerable<Yaml> Jobs(Yaml workflow) => workflow["jobs"].Pairs.Select(job => job.Value);

    private static IEnumerable<string> Grants(Yaml job) => job["permissions"].Pairs.Select(permission => $"{permission.Key}: {permission.Value.Text}");

    /// <summary>The file of our action that a step uses: as callers name it, or as a reusable workflow has it in its folder. Null for any other step.</summary>
    private static string? ActionOf(Yaml step)
    {
        var uses = Regex.Match(step["uses"].Text ?? "", $@"^(?:{Us}(?<folder>/action/\w+)?@v1|\./\.macro-portfolio(?<folder>/action/\w+)?)$");
        return uses.Success ? $"{uses.Groups["folder"].Value}/action.yml".TrimStart('/') : null;
    }
}
