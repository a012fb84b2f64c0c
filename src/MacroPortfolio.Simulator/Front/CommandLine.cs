using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Front;

/// <summary>The program: words of the command line to what they ask for.</summary>
public static class CommandLine
{
    private const string Help = """
        simulator: STS, CodeDeploy, S3, EC2, IAM, CloudFormation, GitHub and its OIDC issuer on one loopback port.

        simulator serve --world FILE --state DIR --env-file FILE [--port N] [--run-scripts] [--folders] [--iam-log FILE]
            Serves the world until SIGTERM. When ready, writes the environment of the world's job to the env file, one NAME=value a line.
            Each request is one line of JSON on stdout.
            --world        the world file (YAML)
            --state        a folder for the instances (DIR/instances/ID) and jobs (DIR/jobs/RUN)
            --port         the port to listen on (a free one)
            --run-scripts  where instances cannot be isolated, run hook scripts as ordinary processes of this machine
            --folders      isolate no instance: hundreds of them start at once and cost nothing
            --iam-log      a file for the decisions of IAM, one line of JSON each, with every policy that had a say

        simulator job --state DIR --env-file FILE [options] [-- COMMAND]
            Starts another job of the simulator that runs with this state folder and writes its environment; with COMMAND, runs that in it.
            What is not given is as in the world's github.job.
            --sha REV                the commit, as any revision of the repository
            --environment NAME       the job's environment; '' for none
            --environment-deployment true
                                     GitHub makes a deployment for the environment, as it does unless the job says 'deployment: false'
            --event NAME             push, pull_request, workflow_dispatch, ...
            --actor NAME, --triggering-actor NAME
            --ref REF                refs/heads/main; for pull_request refs/pull/N/merge
            --workflow PATH          .github/workflows/deploy.yml
            --id-token none          the job has no OIDC variables
            --token-permissions ...  of the job's token: contents=read,pull-requests=write
            --rerun RUN              the next attempt of that run

        simulator web --root DIR --port N
            Serves a folder's files on loopback: what instances use where the machine has no web server (SIMULATOR_WEB_SERVER).

        """;

    private static readonly string[] ServeOptions = ["--world", "--state", "--env-file", "--port", "--iam-log"];

    private static readonly string[] JobOptions =
    [
        "--state", "--env-file", "--sha", "--environment", "--environment-deployment", "--event", "--actor", "--triggering-actor", "--ref", "--workflow", "--id-token",
        "--token-permissions", "--rerun",
    ];

    public static async Task<ExitCode> RunAsync(string[] words, TextWriter log, TextWriter notes, TimeProvider time, CancellationToken stop)
    {
        try
        {
            switch (words)
            {
                case [] or ["--help" or "-h" or "help", ..]:
                case ["serve" or "job" or "web", "--help" or "-h", ..]:
                    await (words.Length == 0 ? notes : log).WriteAsync(Help);
                    return words.Length == 0 ? ExitCode.BadInput : ExitCode.Succeeded;
                case ["serve", .. var rest]:
                    return await Checked(new Arguments(rest, ServeOptions, ["--run-scripts", "--folders"]), ServeCommand.Read).RunAsync(log, notes, time, stop);
                case ["web", .. var rest]:
                    return await Checked(new Arguments(rest, ["--root", "--port"], []), WebCommand.Read).RunAsync(stop);
                case ["job", .. var rest]:
                    return await Checked(new Arguments(rest, JobOptions, []), JobCommand.Read).RunAsync(notes, stop);
                default:
                    throw new BadArgumentsException([$"'{words[0]}' is not known; known: serve, job, web, --help."]);
            }
        }
        catch (BadInputException ex)
        {
            foreach (var error in ex.Errors)
                await notes.WriteLineAsync($"simulator: {error}");
            return ExitCode.BadInput;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // A port that is taken, a folder that cannot be written.
            await notes.WriteLineAsync($"simulator: {ex.Message}");
            return ExitCode.Failed;
        }
    }

    private static T Checked<T>(Arguments arguments, Func<Arguments, T> read)
    {
        var command = read(arguments);
        return arguments.Errors.Count == 0 ? command : throw new BadArgumentsException(arguments.Errors);
    }

    private sealed class BadArgumentsException(IReadOnlyList<string> errors) : BadInputException(errors);
}
