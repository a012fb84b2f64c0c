using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Faults;

/// <summary>A fault that could not do what it says is bad input, with the place and what would have been right.</summary>
public sealed class FaultRulesTests
{
    [Theory]
    [InlineData("{ kind: late }", "faults[0] (line 1) lacks 'seconds', which 'late' needs.")]
    [InlineData("{ kind: sleepy }",
        "faults[0].kind (line 1) is 'sleepy', which is none of throttled, status, error, refused, reset-after-read, answer-lost, late, truncated, halved, empty, hold.")]
    [InlineData("{ kind: slow, factor: 2 }",
        "faults[0].kind (line 1) is 'slow', which is none of throttled, status, error, refused, reset-after-read, answer-lost, late, truncated, halved, empty, hold. 'slow' needs an instance or a tag.")]
    [InlineData("{ instance: i-1, kind: refused }",
        "faults[0].kind (line 1) is 'refused', which is none of agent-silent, agent-dies, slow, disk-full. 'refused' is for requests: leave instance and tag away.")]
    [InlineData("{ service: lambda, kind: empty }", "faults[0].service (line 1) is 'lambda', which is none of sts, codedeploy, s3, ec2, monitoring, iam, cloudformation, github, oidc.")]
    [InlineData("{ service: sts, operation: CreateDeployment, kind: empty }",
        "faults[0].operation (line 1) is 'CreateDeployment', which is none of AssumeRoleWithWebIdentity, AssumeRole, GetCallerIdentity.")]
    [InlineData("{ kind: empty, after: -1 }", "faults[0].after (line 1) is -1; 0 or more is possible.")]
    [InlineData("{ kind: empty, times: 0 }", "faults[0].times (line 1) is 0; 1 or more is possible.")]
    [InlineData("{ kind: empty, probability: 0 }", "faults[0].probability (line 1) is 0; above 0 and at most 1 is possible.")]
    [InlineData("{ kind: empty, probability: 1.5 }", "faults[0].probability (line 1) is 1.5; above 0 and at most 1 is possible.")]
    [InlineData("{ kind: empty, seconds: 1 }", "faults[0].seconds (line 1) does not go with 'empty'. Possible here: service, operation, kind, after, times, probability.")]
    [InlineData("{ kind: empty, event: Install }", "faults[0].event (line 1) does not go with 'empty'. Possible here: service, operation, kind, after, times, probability.")]
    [InlineData("{ kind: late, seconds: -1 }", "faults[0].seconds (line 1) is -1; 0 or more is possible.")]
    [InlineData("{ kind: hold, at: during }", "faults[0].at (line 1) is 'during', which is none of before, after.")]
    [InlineData("{ service: codedeploy, kind: throttled, retry-after: 1 }",
        "faults[0] (line 1) has limit, status or retry-after, which only service github has: the others throttle in one way.")]
    [InlineData("{ service: github, kind: throttled, limit: tertiary }", "faults[0].limit (line 1) is 'tertiary', which is none of secondary, primary.")]
    [InlineData("{ service: github, kind: throttled, status: 503 }", "faults[0].status (line 1) is 503; GitHub throttles with 403 or 429.")]
    [InlineData("{ kind: status }", "faults[0] (line 1) lacks 'status', which 'status' needs.")]
    [InlineData("{ kind: status, status: 404 }", "faults[0].status (line 1) is 404; 429, 500, 502, 503 and 504 are possible. Others are errors of the service: kind error.")]
    [InlineData("{ kind: status, status: 503, body: xml }", "faults[0].body (line 1) is 'xml', which is none of service, html, none.")]
    [InlineData("{ kind: status, status: 502, body: service }", "faults[0].body (line 1) is 'service', but 502 comes from what stands before the service: html or none.")]
    [InlineData("{ kind: status, status: 503, retry-after: -1 }", "faults[0].retry-after (line 1) is -1; 0 or more is possible.")]
    [InlineData("{ service: s3, kind: error, status: 400 }", "faults[0] (line 1) lacks 'error', the code of the error.")]
    [InlineData("{ kind: error, error: Throttling }", "faults[0].status (line 1) is missing.")]
    [InlineData("{ service: ec2, kind: error, error: Typo }",
        "faults[0].status (line 1) is missing: 'Typo' is no known error of ec2 (RequestLimitExceeded, InternalError, Unavailable, UnauthorizedOperation, AuthFailure, RequestExpired, OptInRequired).")]
    [InlineData("{ service: ec2, kind: error, error: Typo, status: 200 }", "faults[0].status (line 1) is 200; 400 to 599 is possible.")]
    [InlineData("{ service: github, kind: error, error: NotFound, status: 404 }", "faults[0].error (line 1) is a code, and GitHub's errors have none: status and message.")]
    [InlineData("{ service: github, kind: error }", "faults[0].status (line 1) is missing.")]
    [InlineData("{ instance: i-2, kind: agent-silent }", "faults[0].instance (line 1) is 'i-2', which is none of i-1.")]
    [InlineData("{ tag: Release=blue, kind: agent-silent }", "faults[0].tag (line 1) is 'Release=blue', which no instance carries (Release=gray).")]
    [InlineData("{ instance: i-1, event: AfterInstall, kind: disk-full }", "faults[0].event (line 1) is 'AfterInstall', which is none of DownloadBundle, Install.")]
    [InlineData("{ instance: i-1, event: BlockTraffic, kind: agent-silent }",
        "faults[0].event (line 1) is 'BlockTraffic', which is none of BeforeBlockTraffic, AfterBlockTraffic, ApplicationStop, DownloadBundle, BeforeInstall, Install, AfterInstall, ApplicationStart, ValidateService, BeforeAllowTraffic, AfterAllowTraffic.")]
    [InlineData("{ instance: i-1, kind: slow }", "faults[0] (line 1) lacks 'factor', which 'slow' needs.")]
    [InlineData("{ instance: i-1, kind: slow, factor: 0.5 }", "faults[0].factor (line 1) is 0.5; 1 or more is possible.")]
    [InlineData("{ instance: i-1, service: sts, kind: agent-silent }",
        "faults[0].service (line 1) does not go with 'agent-silent'. Possible here: instance, tag, event, kind, after, times, probability.")]
    public void What_cannot_go_wrong_is_refused(string fault, string error)
    {
        var read = () => WorldReader.Parse($"faults: [{fault}]\ninstances: [{{ id: i-1, tags: {{ Release: gray }} }}]", "/");

        read.Should().Throw<WorldException>().Which.Errors.Should().Equal(error);
    }

    [Theory]
    [InlineData("iam: { session-seconds: 0 }", "iam.session-seconds (line 1) is 0; above 0 and at most 43200 is possible.")]
    [InlineData("iam: { tells-session-end: false }", "iam.tells-session-end (line 1) is false, which needs session-seconds: there is nothing to hide without it.")]
    [InlineData("clock-skew-seconds: 86401", "clock-skew-seconds (line 1) is 86401; a day either way is possible.")]
    public void Neither_can_clocks_and_sessions(string yaml, string error)
    {
        var read = () => WorldReader.Parse(yaml, "/");

        read.Should().Throw<WorldException>().Which.Errors.Should().Equal(error);
    }

    [Fact]
    public void Every_kind_can_be_written_with_all_its_keys()
    {
        var world = WorldReader.Parse("""
            faults:
              - { service: github, operation: "POST /repos/{owner}/{repo}/deployments", kind: throttled, limit: primary, status: 429, retry-after: 9 }
              - { service: sts, kind: status, status: 503, body: service, retry-after: 1 }
              - { service: codedeploy, kind: error, error: InvalidRoleException, status: 400, message: No. }
              - { service: oidc, operation: "GET /_actions/idtoken/{run}/{attempt}", kind: refused }
              - { kind: reset-after-read, after: 1, times: 2, probability: 0.5 }
              - { kind: answer-lost }
              - { kind: late, seconds: 0.5 }
              - { kind: truncated }
              - { kind: halved }
              - { kind: empty }
              - { kind: hold, at: after }
              - { instance: i-1, event: Install, kind: agent-silent }
              - { tag: Release=gray, kind: agent-dies, seconds: 1 }
              - { instance: i-1, tag: Release=gray, kind: slow, factor: 2 }
              - { instance: i-1, event: DownloadBundle, kind: disk-full }
            instances: [{ id: i-1, tags: { Release: gray } }]
            """, "/");

        world.Faults.Select(fault => fault.Kind).Should().OnlyHaveUniqueItems().And.HaveCount(15);
    }
}
