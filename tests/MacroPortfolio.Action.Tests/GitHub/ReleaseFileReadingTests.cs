using System.Runtime.CompilerServices;
using System.Text.Json;
using MacroPortfolio.Action.Yaml;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning.Stages;
using NodaTime;

namespace MacroPortfolio.Action.Tests.GitHub;

public sealed class ReleaseFileReadingTests
{
    private const string Whole = """
        version: 1
        application: site
        owner: acme/portfolio
        runbook: https://acme.example/runbook
        time-zone: Asia/Hong_Kong
        revision: { s3: { bucket: acme-bundles, prefix: releases/ } }
        departments: { risk-management: Risk }
        api-manual: docs/openapi.yaml
        role-to-read: arn:aws:iam::123456789012:role/site-status
        stages:
          - name: gray
            deployment-groups: [gray]
            environment: gray
            role-to-assume: arn:aws:iam::123456789012:role/site-gray
            url: https://gray.acme.example/
            deployment-config: CodeDeployDefault.AllAtOnce
            bake: 30m
            freezes: ["Wed 17:00-Thu 19:00"]
            gates:
              - http: https://gray.acme.example/healthz
                expect-status: 204
                slower-than: 300ms
                every: 5s
                for: 1m
                allowed-failures: 1
              - checks: [post-deployment-tests]
          - name: stable
            targets: [{ deployment-group: stable-a, region: eu-west-1 }, { deployment-group: stable-b, region: eu-west-1 }]
            environment: production
            max-parallel: 1
            windows: ["Thu 16:30-19:00"]
            freezes: ["Mon-Fri 09:30-16:00 Asia/Hong_Kong", "2026-12-24..2027-01-02: year end"]
            approval: { allowed-actors: [dana, "build[bot]"], override-actors: [lee], not-author: last }
            rollback: never
            rollback-environment: way-back
        """;

    private static string Published([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "release-file.schema.json"));

    private static (ReleaseFile? File, IReadOnlyList<ReleaseFileProblem> Problems) Read(string text) => ReleaseFileReading.Read(YamlText.Read(text));

    private static string[] Problems(string text)
    {
        var (file, problems) = Read(text);
        (file is null).Should().Be(problems.Count > 0);
        return [.. problems.Select(problem => problem.ToString())];
    }

    [Fact]
    public void Every_key_is_read()
    {
        var (file, problems) = Read(Whole);

        problems.Should().BeEmpty();
        (file!.Application, file.Zone.Id, file.RoleToRead!.Value.Name).Should().Be((new ApplicationName("site"), "Asia/Hong_Kong", "site-status"));
        var (gray, stable) = (file.Stages[0], file.Stages[1]);
        (gray.Name.Value, gray.Environment.Name, gray.Environment.Url!.AbsoluteUri, gray.DeploymentConfig, gray.Bake, gray.Access.ToAssume!.Value.Name, gray.RollsBack, gray.RollbackEnvironment)
            .Should().Be(("gray", "gray", "https://gray.acme.example/", "CodeDeployDefault.AllAtOnce", Duration.FromMinutes(30), "site-gray", true, "gray-rollback"));
        gray.Gates[0].Should().Be(new Gate.Http(new Uri("https://gray.acme.example/healthz"), 204, null, Duration.FromMilliseconds(300), Duration.FromSeconds(5), Duration.FromMinutes(1), 1));
        ((Gate.Checks)gray.Gates[1]).Names.Should().Equal("post-deployment-tests");
        stable.Groups.Select(group => group.Value).Should().Equal("stable-a", "stable-b");
        (stable.Access.Region!.Value.Value, stable.MaxParallel, stable.RollsBack, stable.RollbackEnvironment).Should().Be(("eu-west-1", 1, false, "way-back"));
        (stable.Calendar.Windows.Count, stable.Calendar.Freezes.Count).Should().Be((1, 2));
        (string.Join(' ', stable.Approval.AllowedActors), string.Join(' ', stable.Approval.OverrideActors), stable.Approval.NotAuthor).Should().Be(("dana build[bot]", "lee", NotAuthor.Last));
    }

    [Fact]
    public void The_least_file_has_defaults()
    {
        var file = Read("version: 1\napplication: site\nstages: [{ name: gray, deployment-groups: gray }]").File!;

        file.Stages.Should().ContainSingle().Which.Should().BeEquivalentTo(Stage.OfGroup(new DeploymentGroupName("gray"), "gray"));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_each_with_its_place_and_what_would_be_right() => Problems("""
        version: 2
        aplication: site
        time-zone: HKT
        stages:
          - name: gray
            deployment-groups: [gray, gray]
            bake: soon
            windows: [Thr 16:30-19:00]
            gates: [{ htp: https://x.example }, { http: ftp://x.example, every: 0s }]
            approval: { not-author: first, allowed-actors: [no way] }
            rollback: maybe
          - deployment-groups: []
            targets: []
        """).Should().Equal(
        "line 1, column 1: 'application' is missing, as in 'application: NAME'",
        "line 1, column 10: 'version' is '2', which is not 1, the only version there is",
        "line 2, column 1: the file has no key 'aplication'; 'application' may be meant",
        "line 3, column 12: 'time-zone' is 'HKT', which is not an IANA time zone such as Asia/Hong_Kong",
        "line 6, column 31: deployment group 'gray' stands here for the second time",
        "line 7, column 11: 'bake' is 'soon', which is not a duration such as 30s, 30m, 2h or 3d, 90 d at most",
        "line 8, column 15: in 'windows' stands 'Thr 16:30-19:00': 'Thr' is no day; days are Mon, Tue, Wed, Thu, Fri, Sat and Sun, or daily",
        "line 9, column 13: a gate begins with '- http: URL' or '- checks: [NAME]', and this is a map of htp",
        "line 9, column 49: 'http' is 'ftp://x.example', which is not an http or https address without a password in it",
        "line 10, column 29: 'not-author' is 'first', which is not last (the author of the newest pull request), any or off",
        "line 10, column 53: 'no way' is not a GitHub login",
        "line 11, column 15: 'rollback' is 'maybe', which is not on-failure or never",
        "line 12, column 5: 'name' is missing, as in 'name: NAME'",
        "line 12, column 5: a stage has 'deployment-groups' or 'targets', not both");

    [Theory]
    [InlineData("", "line 1, column 1: the file is empty; it begins with 'version: 1'")]
    [InlineData("- a", "line 1, column 1: the file is no map; it begins with 'version: 1'")]
    [InlineData("version: 1\napplication: site", "line 1, column 1: 'stages' is missing; it is the list of the stages in the order of promotion, such as '- name: gray'")]
    [InlineData("version: 1\napplication: site\nstages: []", "line 3, column 9: 'stages' is an empty list; it is the list of the stages in the order of promotion, such as '- name: gray'")]
    [InlineData("version: 1\napplication: site\nstages: [{ name: a, deployment-groups: x }, { name: a, deployment-groups: y }]", "line 3, column 45: there is a stage 'a' above already; names tell stages apart")]
    [InlineData("version: 1\napplication: site\nstages: [{ name: a, deployment-groups: x }, { name: b, deployment-groups: x }]", "line 3, column 45: deployment group 'x' is of another stage too; a group is of one stage")]
    [InlineData("version: 1\napplication: site\nstages: [{ name: a, targets: [{ deployment-group: x, region: eu-west-1 }, { deployment-group: y, region: eu-west-2 }] }]", "line 3, column 75: the targets of a stage are in one region and have the same roles; make a stage of each region and account")]
    [InlineData("version: 1\napplication: site\napplication: other\nstages: [{ name: a, deployment-groups: x }]", "line 3, column 1: 'application' stands here for the second time")]
    public void What_is_no_rule_is_told(string text, string problem) => Problems(text).Should().Equal(problem);

    [Fact]
    public void The_published_schema_has_the_keys_that_are_read()
    {
        using var schema = JsonDocument.Parse(Published());
        string[] Of(params string[] path) => [.. path.Aggregate(schema.RootElement, (node, name) => node.GetProperty(name)).GetProperty("properties").EnumerateObject().Select(key => key.Name)];

        var published = new Dictionary<string, string[]>
        {
            [""] = Of(),
            ["revision"] = Of("$defs", "s3-source"),
            ["s3"] = Of("$defs", "s3-source", "properties", "s3"),
            ["stage"] = Of("$defs", "stage"),
            ["target"] = Of("$defs", "target"),
            ["http gate"] = Of("$defs", "http-gate"),
            ["checks gate"] = Of("$defs", "checks-gate"),
            ["approval"] = Of("$defs", "approval"),
        };

        published.Should().BeEquivalentTo(ReleaseFileReading.Keys);
    }
}
