using System.Diagnostics;
using MacroPortfolio.EndToEnd.Tests.Harness;
using MacroPortfolio.EndToEnd.Tests.Metadata;
using Xunit.Abstractions;

namespace MacroPortfolio.EndToEnd.Tests.Crashes;

/// <summary>
/// Every verb that deploys is killed at every request that it makes, and run again. What requests those are is found out from a run that nobody disturbs.
/// Here a slice is tried: the create request all ways, and a sample of the others. With MACRO_PORTFOLIO_LONG=1 all of them are; tests/crash/run does that.
/// </summary>
public sealed class CrashMatrixTests(ITestOutputHelper output)
{
    private const int Seed = 4711;
    private const int SampleOfEachVerb = 2;

    /// <summary>GitHub's limits are for all of a cloud's runs together.</summary>
    private const int CellsOfACloud = 40;

    private const int Spare = 8;
    private const int CloudsAtOnce = 3;
    private const int AtOnce = 8;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("MACRO_PORTFOLIO_LONG") == "1";

    [Fact]
    public async Task Wherever_a_run_is_killed_the_next_one_makes_it_good_and_deploys_once()
    {
        var began = Stopwatch.GetTimestamp();
        await using var first = await CrashCloud.StartAsync(Intent.All.Count);
        var cells = new List<Cell>();
        foreach (var (points, intent) in (await Task.WhenAll(Intent.All.Select(intent => PointsAsync(intent, first)))).Zip(Intent.All))
        {
            cells.AddRange(IsLong ? Whole(intent, points) : Slice(intent, points));
            output.WriteLine($"{intent.Verb}: {points.Count} requests: {string.Join(", ", points)}");
        }

        var results = new List<(Cell Cell, string? Problem)>();
        foreach (var some in cells.Chunk(CellsOfACloud * CloudsAtOnce))
        {
            results.AddRange(await TryAllAsync(some));
        }

        var wrong = results.Where(result => result.Problem is not null).Select(result => $"{result.Cell}: {result.Problem}").ToList();
        var words = $"{results.Count - wrong.Count} passed, {wrong.Count} failed";
        output.WriteLine($"{words} in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s, {AtOnce} at once");
        if (IsLong)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "test-results"));
            await File.WriteAllLinesAsync(Path.Combine(folder.FullName, "crash-matrix.txt"), [.. results.Select(result => result.Cell.ToString()).Order(StringComparer.Ordinal), words]);
        }

        cells.Should().HaveCountGreaterThan(30);
        string.Join("\n\n", wrong).Should().BeEmpty();
    }

    /// <summary>The requests of a run that nobody disturbs, with the setting that it starts from.</summary>
    private static async Task<IReadOnlyList<Point>> PointsAsync(Intent intent, CrashCloud cloud)
    {
        using var door = new Door(cloud);
        var scene = await intent.ArrangeAsync(cloud, cloud.TakeApplication(), slow: false);
        var step = await door.Of(scene.Job).RunAsync(scene.Words);
        return step.ExitCode == 0 ? door.Asked : throw new InvalidOperationException($"An undisturbed {intent.Verb} ends so:\n{step}");
    }

    private static IEnumerable<Cell> Whole(Intent intent, IReadOnlyList<Point> points)
    {
        // A later attempt is what the same attempt is, but for what failed or was stopped: it is tried where deployments come into being, and at every third point beside.
        foreach (var (point, at) in points.Select((point, at) => (point, at)))
        {
            foreach (var way in Way.Of(point))
            {
                yield return new Cell(intent, point, way, Slow: false, Later: false);
                if (!point.IsRead || at % 3 == 0)
                {
                    yield return new Cell(intent, point, way, Slow: false, Later: true);
                }
            }
        }

        foreach (var (point, way) in InFlight())
        {
            yield return new Cell(intent, point, way, Slow: true, Later: false);
            yield return new Cell(intent, point, way, Slow: true, Later: true);
        }
    }

    private static IEnumerable<Cell> Slice(Intent intent, IReadOnlyList<Point> points)
    {
        var create = new Point("CreateDeployment", 1);
        var chance = new Random(Seed + Intent.All.ToList().IndexOf(intent));
        return
        [
            .. Way.Of(create).Select((way, at) => new Cell(intent, create, way, Slow: false, Later: at % 2 == 0)),
            .. Way.Of(create).Select((way, at) => new Cell(intent, create, way, Slow: true, Later: at % 2 == 1)),
            .. points.Where(point => point != create).SelectMany(point => Way.Of(point).Select(way => new Cell(intent, point, way, Slow: false, Later: chance.Next(2) == 1)))
                .OrderBy(_ => chance.Next())
                .Take(SampleOfEachVerb),
        ];
    }

    /// <summary>While the deployment is in flight: from its creation to the first look at it.</summary>
    private static IEnumerable<(Point Point, Way Way)> InFlight() =>
        from point in new[] { new Point("CreateDeployment", 1), new Point("GetDeployment", 1) }
        from way in Way.Of(point)
        select (point, way);

    private static async Task<IReadOnlyList<(Cell Cell, string? Problem)>> TryAllAsync(IReadOnlyList<Cell> cells)
    {
        var clouds = await Task.WhenAll(Enumerable.Range(0, CloudsAtOnce).Select(_ => CrashCloud.StartAsync((cells.Count / CloudsAtOnce) + Spare)));
        try
        {
            var (next, problems) = (-1, new string?[cells.Count]);
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
            {
                for (var at = Interlocked.Increment(ref next); at < cells.Count; at = Interlocked.Increment(ref next))
                {
                    problems[at] = await TryAsync(cells[at], clouds[at % clouds.Length]);
                    if (problems[at]?.Contains("gave no answer within", StringComparison.Ordinal) is true)
                    {
                        // This machine stood still for seconds; a comment is not waited for longer.
                        problems[at] = await TryAsync(cells[at], clouds[at % clouds.Length]);
                    }
                }
            }));
            return [.. cells.Zip(problems)];
        }
        finally
        {
            await Task.WhenAll(clouds.Select(cloud => cloud.DisposeAsync()));
        }
    }

    /// <returns>What went wrong; null: nothing.</returns>
    private static async Task<string?> TryAsync(Cell cell, CrashCloud cloud)
    {
        try
        {
            var application = cloud.TakeApplication();
            var scene = await cell.Intent.ArrangeAsync(cloud, application, cell.Slow);
            var before = await CountAsync(cloud, application, scene);
            var killed = await KillAsync(cell, cloud, scene);
            var last = await AgainAsync(cell, cloud, scene, application);
            var problems = await scene.JudgeAsync(cloud, application, before, last);
            return problems.Count == 0 ? null : $"{string.Join("; ", problems)}\nkilled: {killed}\nagain: {last}";
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            return ex.ToString();
        }
    }

    private static async Task<StepResult> KillAsync(Cell cell, CrashCloud cloud, Scene scene)
    {
        using var door = new Door(cloud);
        var hold = door.HoldAt(cell.Point, cell.Way.Moment);
        var step = door.Of(scene.Job).Start(scene.Words);
        await Task.WhenAny(hold.HeldAsync(), step.ExitedAsync());
        var isThere = hold.Reached.Task.IsCompletedSuccessfully;
        var killed = await step.KillAsync();
        if (!isThere)
        {
            throw new InvalidOperationException($"The run never came to {cell.Point}. It asked {string.Join(", ", door.Asked)}.\n{killed}");
        }

        if (cell.Way.IsWorkedOn)
        {
            await hold.LetGoAsync();
        }

        return killed;
    }

    private static async Task<StepResult> AgainAsync(Cell cell, CrashCloud cloud, Scene scene, Application application)
    {
        using var door = new Door(cloud);
        var job = cell.Later ? await cloud.LaterAsync(scene.Job) : scene.Job;
        var step = door.Of(job).Start(scene.Words);
        if (cell.Slow)
        {
            await Task.WhenAny(door.AskedAsync("GetDeployment"), step.ExitedAsync());
            cloud.Release(application);
        }

        return await step.EndAsync();
    }

    private static async Task<int[]> CountAsync(CrashCloud cloud, Application application, Scene scene) =>
        await Task.WhenAll(scene.Groups.Select(async group => (await new Laptop(cloud).DeploymentsAsync(application, group)).Count));

    /// <summary>What becomes of the request at which the process is killed.</summary>
    private sealed record Way(string Name, Moment Moment, bool IsWorkedOn)
    {
        private static readonly Way Never = new("before it, and it never arrives", Moment.BeforeTheWork, false);
        private static readonly Way Unheard = new("before it, and it is worked on all the same", Moment.BeforeTheWork, true);
        private static readonly Way Unanswered = new("after the work, before the answer", Moment.AfterTheWork, false);
        private static readonly Way Answered = new("after the answer", Moment.AfterTheAnswer, false);

        /// <summary>What is only read is the same whether or not anybody read it.</summary>
        public static IReadOnlyList<Way> Of(Point point) => point.IsRead ? [Never, Unanswered, Answered] : [Never, Unheard, Unanswered, Answered];
    }

    /// <param name="Slow">The deployment is in flight still when the next run looks.</param>
    /// <param name="Later">The next run is a later attempt.</param>
    private sealed record Cell(Intent Intent, Point Point, Way Way, bool Slow, bool Later)
    {
        public override string ToString() => $"{Intent.Verb} killed at {Point} {Way.Name}{(Slow ? ", in flight" : "")}, {(Later ? "a later attempt" : "the same attempt")}";
    }
}
