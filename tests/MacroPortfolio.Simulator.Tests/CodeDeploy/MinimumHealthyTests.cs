using System.Text.RegularExpressions;
using System.Threading.Channels;
using CsCheck;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

/// <summary>The arithmetic of healthy instances, held to the sentences of the user guide as <see cref="UserGuide"/> acts them out.</summary>
public sealed partial class MinimumHealthyTests
{
    private const int Largest = 50;

    private static readonly (string Name, MinimumHealthyHosts Hosts)[] Predefined = [.. DeploymentConfig.Predefined];

    /// <summary>Every kind of config, also those that cannot work, for a fleet with any failures that end in any order.</summary>
    private static readonly Gen<Case> Cases = Gen.Int[1, Largest].SelectMany(fleet =>
        Gen.Select(Configs(fleet), Failures(fleet), Gen.Int, (config, fails, seed) => new Case(config.Name, config.Hosts, fails, seed)));

    [Theory]
    [InlineData("HOST_COUNT", 6, 3, 6)]
    [InlineData("FLEET_PERCENT", 40, 5, 4)]
    [InlineData("FLEET_PERCENT", 50, 4, 5)]
    [InlineData("FLEET_PERCENT", 0, 9, 1)]
    [InlineData("HOST_COUNT", 0, 9, 1)]
    [InlineData("MOST_CONCURRENCY", 1, 1, 8)]
    public void Nine_instances_are_deployed_to_as_the_user_guide_says(string type, int value, int atOnce, int needed)
    {
        var health = MinimumHealthy.Of(new(type, value), 9);

        health.AtOnce.Should().Be(atOnce);
        health.Succeeds(needed).Should().BeTrue();
        health.Succeeds(needed - 1).Should().BeFalse();
    }

    [Fact]
    public void A_percentage_is_rounded_up_so_95_percent_of_10_leaves_none_to_deploy_to()
    {
        var health = MinimumHealthy.Of(new("FLEET_PERCENT", 95), 10);

        health.Minimum.Should().Be(10);
        health.AtOnce.Should().Be(0);
    }

    [Fact]
    public void One_at_a_time_needs_a_single_instance_to_succeed()
    {
        var health = MinimumHealthy.Of(new("MOST_CONCURRENCY", 1), 1);

        health.AtOnce.Should().Be(1);
        health.Succeeds(0).Should().BeFalse();
        health.Succeeds(1).Should().BeTrue();
    }

    [Fact]
    public void One_at_a_time_tries_no_further_instance_after_a_failure()
    {
        var health = MinimumHealthy.Of(new("MOST_CONCURRENCY", 1), 9);

        health.Room(failed: 0).Should().Be(1);
        health.Room(failed: 1).Should().Be(0);
    }

    [Fact]
    public void The_predefined_configs_are_those_of_AWS()
    {
        DeploymentConfig.Predefined.Should().BeEquivalentTo(new[]
        {
            ("CodeDeployDefault.AllAtOnce", new MinimumHealthyHosts("FLEET_PERCENT", 0)),
            ("CodeDeployDefault.HalfAtATime", new MinimumHealthyHosts("FLEET_PERCENT", 50)),
            ("CodeDeployDefault.OneAtATime", new MinimumHealthyHosts("MOST_CONCURRENCY", 1)),
        });
    }

    [Fact]
    public void How_many_at_a_time_and_how_many_must_succeed_is_what_the_user_guide_says_for_every_config_and_fleet()
    {
        foreach (var (name, hosts, fleet) in Everything())
        {
            var (health, guide) = (MinimumHealthy.Of(hosts, fleet), Guide(name, hosts, fleet));

            health.AtOnce.Should().Be(guide.MostAtOnce, $"{name} {hosts} of {fleet}");
            for (var number = 0; number <= fleet; number++)
            {
                health.Succeeds(number).Should().Be(number >= guide.Needed, $"{number} succeeded with {name} {hosts} of {fleet}");
                health.Room(failed: number).Should().Be(Math.Max(0, guide.MostAtOnce - number), $"{number} failed with {name} {hosts} of {fleet}");
            }
        }
    }

    [Fact]
    public void What_the_program_says_of_a_config_before_it_deploys_is_what_the_simulator_does()
    {
        foreach (var (name, hosts, fleet) in Everything())
        {
            var health = MinimumHealthy.Of(hosts, fleet);

            var words = new HealthRule(name, hosts.Type, hosts.Value).InWords(fleet);

            Figures(words, fleet).Should().Be(
                health.AtOnce == 0 ? (0, health.Minimum) : (health.AtOnce, Enumerable.Range(0, fleet + 1).First(health.Succeeds)), words);
        }
    }

    [Fact]
    public async Task Deployments_start_instances_fail_and_end_as_the_user_guide_says_whatever_fails_and_in_whatever_order()
    {
        // The first case that is wrong is told. Looking for a smaller one would take long: each waits in vain for what does not start.
        var isWrong = false;
        await Cases.SampleAsync(
            async one =>
            {
                if (isWrong)
                    return;
                isWrong = true;
                await CompareAsync(one);
                isWrong = false;
            },
            iter: 200,
            threads: 1);
    }

    private static async Task CompareAsync(Case one)
    {
        var guide = Guide(one.Config, one.Hosts, one.Fails.Length);
        var story = guide.Tell(one.Fails, new Random(one.Seed));

        var (deployment, most) = await ActAsync(one, story);

        deployment.Status.Should().Be(story.IsGood ? DeploymentStatus.Succeeded : DeploymentStatus.Failed);
        deployment.Error?.Code.Should().Be("HEALTH_CONSTRAINTS");
        (deployment.Error is null).Should().Be(story.IsGood);
        (deployment.Count(TargetStatus.Succeeded), deployment.Count(TargetStatus.Failed), deployment.Count(TargetStatus.Skipped))
            .Should().Be((story.Succeeded, story.Failed, story.Skipped));
        most.Should().Be(story.MostAtOnce);
        if (guide.MostAtOnce == 0)
            story.Skipped.Should().Be(one.Fails.Length, "a config that keeps the whole fleet healthy touches no instance");
    }

    private static Gen<(string Name, MinimumHealthyHosts Hosts)> Configs(int fleet) => Gen.OneOf<(string Name, MinimumHealthyHosts Hosts)>(
        Gen.OneOf(Predefined),
        Gen.Int[0, fleet + 1].Select(count => (Name: "Counted", Hosts: new MinimumHealthyHosts("HOST_COUNT", count))),
        Gen.Int[0, 99].Select(percent => (Name: "Percentage", Hosts: new MinimumHealthyHosts("FLEET_PERCENT", percent))));

    /// <summary>For each instance whether it fails: none, few, many or all of them.</summary>
    private static Gen<bool[]> Failures(int fleet) =>
        Gen.OneOf(0, 5, 30, 100).SelectMany(often => Gen.Int[0, 99].Select(chance => chance < often).Array[fleet]);

    private static IEnumerable<(string Name, MinimumHealthyHosts Hosts, int Fleet)> Everything()
    {
        for (var fleet = 1; fleet <= Largest; fleet++)
        {
            foreach (var (name, hosts) in Predefined)
                yield return (name, hosts, fleet);
            for (var count = 0; count <= fleet + 1; count++)
                yield return ("Counted", new("HOST_COUNT", count), fleet);
            for (var percent = 0; percent < 100; percent++)
                yield return ("Percentage", new("FLEET_PERCENT", percent), fleet);
        }
    }

    private static UserGuide Guide(string config, MinimumHealthyHosts hosts, int fleet) =>
        config.StartsWith("CodeDeployDefault.", StringComparison.Ordinal) ? UserGuide.For(config, fleet) : UserGuide.For(hosts, fleet);

    /// <summary>Lets a real deployment go through the story: what the story ends is ended, and what starts must be what starts there.</summary>
    private static async Task<(Deployment Deployment, int Most)> ActAsync(Case one, Story story)
    {
        var stage = new Stage();
        HeldHost[] hosts = [.. one.Fails.Select((fails, index) => new HeldHost(index, fails, stage))];
        var world = Some.World(Some.Group());
        var account = new Account(world, TimeProvider.System);
        await using var agenda = new Agenda(TimeProvider.System);
        await using var engine = new DeploymentEngine(
            account,
            new Roster(world, hosts),
            agenda,
            new() { Created = TimeSpan.Zero, Queued = TimeSpan.Zero, BeforeRollback = TimeSpan.Zero },
            TimeProvider.System);
        var deployment = Deployment(account, one);
        lock (account.Gate)
            engine.Start(deployment);

        foreach (var (ends, starts) in story.Steps)
        {
            if (ends is { } index)
                hosts[index].End();
            var started = new List<int>();
            while (started.Count < starts.Count)
                started.Add(await stage.Started.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System));
            started.Should().BeEquivalentTo(starts);
        }

        while (!IsOver(account, deployment))
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        stage.Started.Reader.TryRead(out _).Should().BeFalse("no more instances were to start");
        return (deployment, stage.Most);
    }

    private static bool IsOver(Account account, Deployment deployment)
    {
        lock (account.Gate)
            return deployment.IsOver;
    }

    private static Deployment Deployment(Account account, Case one) => new()
    {
        Id = account.Ids.Deployment(),
        Number = account.NextNumber,
        Group = account.Group("site", "web"),
        Config = new(account.Ids.Resource(), one.Config, one.Hosts, default),
        Revision = new() { RevisionType = "GitHub", GitHubLocation = new("acme/site", Cloud.Commit) },
        PreviousRevision = null,
        Description = null,
        Creator = "user",
        IgnoreApplicationStopFailures = false,
        UpdateOutdatedInstancesOnly = false,
        FileExistsBehavior = "DISALLOW",
        AutoRollback = null,
        OverrideAlarms = null,
        CreateTime = default,
        Traffic = Traffic.None,
    };

    /// <summary>How many at a time, and how many must succeed; when none can be deployed to, 0 and how many would have to stay healthy.</summary>
    private static (int AtOnce, int Needed) Figures(string words, int fleet)
    {
        if (words.EndsWith(": one instance, which must succeed", StringComparison.Ordinal))
            return (1, 1);
        if (words.EndsWith($": one of {fleet} instances at a time; CodeDeploy itself would let the last one fail", StringComparison.Ordinal))
            return (1, fleet - 1);
        if (Impossible().Match(words) is { Success: true } impossible)
            return (0, int.Parse(impossible.Groups[1].Value));

        var possible = Possible().Match(words);
        possible.Success.Should().BeTrue(words);
        return (int.Parse(possible.Groups[1].Value), int.Parse(possible.Groups[2].Value));
    }

    [GeneratedRegex(@": (\d+) of \d+ instances would have to stay healthy, so no instance can be deployed to and CodeDeploy will fail with HEALTH_CONSTRAINTS\z")]
    private static partial Regex Impossible();

    [GeneratedRegex(@": (?:all|at most) (\d+) (?:of \d+ )?instances at (?:once|a time); CodeDeploy itself would be content with (\d+) of \d+\z")]
    private static partial Regex Possible();

    private sealed record Case(string Config, MinimumHealthyHosts Hosts, bool[] Fails, int Seed)
    {
        public override string ToString() => $"{Config} {Hosts.Type} {Hosts.Value}, {string.Concat(Fails.Select(fails => fails ? 'x' : '.'))}, {Seed}";
    }

    /// <summary>Sees which instances are under way.</summary>
    private sealed class Stage
    {
        private readonly Lock gate = new();
        private int underWay;

        public Channel<int> Started { get; } = Channel.CreateUnbounded<int>();

        public int Most { get; private set; }

        public void Enter(int index)
        {
            lock (gate)
                Most = Math.Max(Most, ++underWay);
            Started.Writer.TryWrite(index).Should().BeTrue();
        }

        public void Leave()
        {
            lock (gate)
                underWay--;
        }
    }

    /// <summary>An instance that is under way until it is told to end, in its first event.</summary>
    private sealed class HeldHost(int index, bool fails, Stage stage) : IHost
    {
        private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Id => $"i-{index}";
        public string Zone => "ap-east-1a";
        public IReadOnlyDictionary<string, string> Tags { get; } = new Dictionary<string, string> { ["Release"] = "web" };

        public void End() => end.SetResult();

        public async Task<EventResult> RunAsync(string lifecycleEvent, HostDeployment deployment, CancellationToken ct)
        {
            if (lifecycleEvent != "ApplicationStop")
                return ScriptedHost.Success;

            stage.Enter(index);
            await end.Task.WaitAsync(ct);
            stage.Leave();
            return fails ? ScriptedHost.Failure : ScriptedHost.Success;
        }
    }
}
