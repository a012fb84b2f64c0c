using System.Net;
using System.Net.Sockets;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>A request of a process: what it is of, and the how many-th of its kind.</summary>
internal sealed record Point(string Operation, int Occurrence)
{
    /// <summary>Nothing is different for having been asked.</summary>
    public bool IsRead => Operation.StartsWith("GET ", StringComparison.Ordinal) || Operation.StartsWith("Get", StringComparison.Ordinal)
        || Operation.StartsWith("List", StringComparison.Ordinal) || Operation.StartsWith("BatchGet", StringComparison.Ordinal);

    public override string ToString() => $"{Operation} #{Occurrence}";
}

/// <summary>Where a request is when it is held.</summary>
public enum Moment
{
    /// <summary>The cloud has not seen it.</summary>
    BeforeTheWork,

    /// <summary>The cloud has done the work, and its answer is on the way.</summary>
    AfterTheWork,

    /// <summary>The answer has arrived. Nothing that the process asks after it reaches the cloud.</summary>
    AfterTheAnswer,
}

/// <summary>
/// A way into the cloud for one process. It lets bytes through as they are, knows what the process asked, and stops any of its requests at any moment:
/// a test that ends the process then needs no clock, and other processes are not touched.
/// </summary>
internal sealed class Door : IDisposable
{
    private static readonly string[] Addresses = ["AWS_ENDPOINT_URL", "GITHUB_API_URL", "ACTIONS_ID_TOKEN_REQUEST_URL"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri cloud;
    private readonly Lock sync = new();
    private readonly List<Point> asked = [];
    private readonly List<Hold> holds = [];
    private readonly List<(Func<Point, bool> Which, TaskCompletionSource Seen)> awaited = [];
    private readonly CancellationTokenSource closing = new();
    private bool isShut;

    public Door(Cloud cloud)
    {
        this.cloud = new Uri(cloud.Url);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What the process has asked so far, in order.</summary>
    public IReadOnlyList<Point> Asked
    {
        get
        {
            lock (sync)
            {
                return [.. asked];
            }
        }
    }

    /// <summary>Texts of answers that the process gets to read otherwise; both are as long.</summary>
    public (string Said, string Heard)? Twist { get; set; }

    private string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The job, with its process behind this door.</summary>
    public Job Of(Job job) => Addresses.Where(job.Environment.ContainsKey).Aggregate(job, (changed, name) => changed.With(name, job[name].Replace(job.Cloud.Url, Url, StringComparison.Ordinal)));

    public Hold HoldAt(Point point, Moment moment)
    {
        var hold = new Hold(point, moment);
        lock (sync)
        {
            holds.Add(hold);
        }

        return hold;
    }

    public Hold HoldAt(string operation, Moment moment) => HoldAt(new Point(operation, 1), moment);

    /// <summary>Waits until the process asks so.</summary>
    public Task AskedAsync(string operation) => AskedAsync(point => point.Operation == operation);

    public async Task AskedAsync(Func<Point, bool> which)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (sync)
        {
            if (asked.Exists(point => which(point)))
            {
                return;
            }

            awaited.Add((which, seen));
        }

        await seen.Task.WaitAsync(Patience, TimeProvider.System);
    }

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(closing.Token));
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The door is closed.
        }
    }

    private async Task ServeAsync(TcpClient process)
    {
        using var service = new TcpClient();
        using (process)
        {
            try
            {
                await service.ConnectAsync(cloud.Host, cloud.Port, closing.Token);
                var (inner, outer) = (new HttpStream(process.GetStream()), new HttpStream(service.GetStream()));
                while (await inner.ReadAsync(closing.Token) is { } request)
                {
                    var hold = Enter(request);
                    await PassAsync(hold, Moment.BeforeTheWork);
                    await service.GetStream().WriteAsync(request.Bytes, closing.Token);
                    var answer = await outer.ReadAsync(closing.Token) ?? throw new IOException("The cloud hung up.");
                    hold?.Worked.TrySetResult();
                    await PassAsync(hold, Moment.AfterTheWork);
                    await process.GetStream().WriteAsync(Heard(answer.Bytes), closing.Token);
                    await PassAsync(hold, Moment.AfterTheAnswer);
                }
            }
            catch (Exception ex) when (ex is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One of them has gone, or the answer is lost: both learn it by the end of the connection.
            }
        }
    }

    private Hold? Enter(HttpMessage request)
    {
        lock (sync)
        {
            if (isShut)
            {
                throw new IOException("The process is as good as dead.");
            }

            var operation = request.Operation;
            var point = new Point(operation, asked.Count(other => other.Operation == operation) + 1);
            asked.Add(point);
            foreach (var (_, seen) in awaited.Where(one => one.Which(point)))
            {
                seen.TrySetResult();
            }

            return holds.FirstOrDefault(hold => hold.Point == point);
        }
    }

    private async Task PassAsync(Hold? hold, Moment moment)
    {
        if (hold?.Moment != moment)
        {
            return;
        }

        if (moment == Moment.AfterTheAnswer)
        {
            lock (sync)
            {
                isShut = true;
            }
        }

        hold.Reached.TrySetResult();
        if (!await hold.Verdict.Task.WaitAsync(closing.Token))
        {
            throw new IOException("It is dropped.");
        }
    }

    private byte[] Heard(byte[] answer)
    {
        if (Twist is var (said, heard))
        {
            var (from, to) = (System.Text.Encoding.ASCII.GetBytes(said), System.Text.Encoding.ASCII.GetBytes(heard));
            for (var at = answer.AsSpan().IndexOf(from); at >= 0; at = answer.AsSpan().IndexOf(from))
            {
                to.CopyTo(answer.AsSpan(at));
            }
        }

        return answer;
    }
}

/// <summary>A request that is to be held.</summary>
internal sealed class Hold(Point point, Moment moment)
{
    public Point Point => point;
    public Moment Moment => moment;
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public TaskCompletionSource Worked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public TaskCompletionSource<bool> Verdict { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>Until the request is held.</summary>
    public Task HeldAsync() => Reached.Task.WaitAsync(Patience, TimeProvider.System);

    /// <summary>It goes on its way; returns when the cloud has done the work.</summary>
    public Task LetGoAsync()
    {
        Verdict.TrySetResult(true);
        return Worked.Task.WaitAsync(Patience, TimeProvider.System);
    }

    /// <summary>It goes no further, and the process's connection ends.</summary>
    public void Drop() => Verdict.TrySetResult(false);
}
