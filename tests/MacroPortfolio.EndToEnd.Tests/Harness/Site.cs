using System.Text;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>
/// The git repository of a cloud. On <c>main</c> lie v1, v2 and v3, each with a page of its own; beside it one commit for each way in which a revision
/// can misbehave, the branch <c>feature</c> of a pull request, and the branch <c>chain</c> of commits that each follow the one before and need no script.
/// All are made at once, so that a repository costs two processes.
/// </summary>
internal sealed class Site
{
    private const string AppSpec = """
        version: 0.0
        os: linux
        files:
          - source: /index.html
            destination: /var/www/html
        hooks:
          BeforeInstall:
            - location: hooks/before-install.sh
              timeout: 600
          ValidateService:
            - location: hooks/validate.sh
              timeout: 60
        """;

    private const string PlainAppSpec = """
        version: 0.0
        os: linux
        files:
          - source: /index.html
            destination: /var/www/html
        """;

    /// <summary>How many commits the branch <c>chain</c> has: chain-1, chain-2, ...</summary>
    public const int ChainLength = 20;

    /// <summary>What the runner would obey, and what would break the summary's markdown or a terminal.</summary>
    public const string HostileScript = """
        #!/usr/bin/env bash
        echo "the database did not answer"
        echo "::error::hostile-error"
        echo "  ::set-output name=hostile::hostile-output"
        echo "	::add-mask::hostile-mask"
        echo "##[command]hostile-command"
        echo "before ##[error]hostile-anywhere"
        echo "::stop-commands::hostile-token"
        echo "::endgroup::"
        echo "::group::hostile-group"
        printf '\033[31mhostile-red\033[0m \033]0;hostile-title\a\n'
        echo '```'
        echo '</details><img src="http://hostile.example/x">'
        echo '~~~ hostile-fence'
        echo '@dana and @acme/everybody, see #12'
        echo "::warning::hostile-stderr" >&2
        echo "##[endgroup]" >&2
        exit 7
        """;

    /// <summary>Only the tip of the default branch has it.</summary>
    /// <summary>Where main says whom to turn to. It is not the usual place, because all the applications of a world share the repository, and a release file is of one.</summary>
    public const string Contacts = ".github/contacts.yml";

    private const string ReleaseFile = """
        version: 1
        owner: acme/portfolio
        runbook: https://acme.example/runbook
        stages:
          - name: gray
        """;

    /// <summary>A password that the workflow knows and masks.</summary>
    private const string TelltaleScript = """
        #!/usr/bin/env bash
        echo 'connecting with hook-pa55:word/with+some&signs=é"<x>\y now'
        echo 'hook-pa55:word/with+some&signs=é"<x>\y'
        exit 5
        """;

    private const string PartlyScript = "#!/usr/bin/env bash\n[[ $SIMULATOR_INSTANCE_ID == *1 ]] || { echo 'there is no new disk here'; exit 4; }";
    private const string Good = "#!/usr/bin/env bash\nexit 0";

    private readonly StringBuilder stream = new();
    private readonly Dictionary<string, int> marks = [];

    private Site(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Commit ids by their names here.</summary>
    public IReadOnlyDictionary<string, string> Commits { get; private set; } = new Dictionary<string, string>();

    public string this[string name] => Commits[name];

    public static string Page(string name) => $"<h1>Macro Portfolio {name}</h1>\n";

    public static async Task<Site> CreateAsync(string folder, Gate gate)
    {
        var site = new Site(Directory.CreateDirectory(folder).FullName);
        site.Commit("main", "v1", null, "Model allocation, month end");
        site.Commit("main", "v2", "v1", "Add duration buckets to the risk view (#12)");
        site.Commit("main", "v3", "v2", "Round the weights (#13)", more: (Contacts, "644", ReleaseFile));
        site.Commit("feature", "feature", "v3", "Draw the yield curve");
        site.Commit("held", "held", "v1", "Wait for the vendor", beforeInstall: gate.Script);
        site.Commit("broken", "broken", "v1", "Check the feed", validate: "#!/usr/bin/env bash\necho 'the feed is stale' >&2\nexit 3");
        site.Commit("partly", "partly", "v1", "Use the new disks", validate: PartlyScript);
        site.Commit("telltale", "telltale", "v1", "Say the password", validate: TelltaleScript);
        site.Commit("hostile", "hostile", "v1", "Be hostile ::error::hostile-title ##[error]hostile-title", validate: HostileScript);
        site.Commit("misspelt", "misspelt", "v1", "Rename the script", appSpec: AppSpec.Replace("hooks/validate.sh", "hooks/Validate.sh", StringComparison.Ordinal).Replace("BeforeInstall", "beforeInstall", StringComparison.Ordinal));
        for (var number = 1; number <= ChainLength; number++)
        {
            site.Commit("chain", $"chain-{number}", number == 1 ? "v3" : $"chain-{number - 1}", $"Step {number}", appSpec: PlainAppSpec);
        }

        await Shell.RunAsync(site.Folder, "", "git", "init", "--quiet", "--initial-branch=main", "--template=");
        await Shell.RunAsync(site.Folder, site.stream.ToString(), "git", "fast-import", "--quiet", "--export-marks=.git/marks");
        var lines = await File.ReadAllLinesAsync(Path.Combine(site.Folder, ".git", "marks"));
        var ids = lines.Select(line => line.Split(' ')).ToDictionary(pair => pair[0], pair => pair[1]);
        site.Commits = site.marks.ToDictionary(mark => mark.Key, mark => ids[$":{mark.Value}"]);
        return site;
    }

    private void Commit(string branch, string name, string? parent, string message, string beforeInstall = Good, string validate = Good, string appSpec = AppSpec, params (string Path, string Mode, string Text)[] more)
    {
        marks[name] = marks.Count + 1;
        var committed = $"dana <dana@acme.example> {1_790_000_000 + (60 * marks.Count)} +0000";
        stream.Append($"commit refs/heads/{branch}\nmark :{marks[name]}\ncommitter {committed}\n{Data(message)}");
        if (parent is not null)
        {
            stream.Append($"from :{marks[parent]}\n");
        }

        (string Path, string Mode, string Text)[] files =
        [
            ("appspec.yml", "644", appSpec),
            ("index.html", "644", Page(name)),
            ("hooks/before-install.sh", "755", beforeInstall),
            ("hooks/validate.sh", "755", validate),
            .. more,
        ];
        foreach (var (path, mode, text) in files)
        {
            stream.Append($"M 100{mode} inline {path}\n{Data($"{text.TrimEnd('\n')}\n")}");
        }

        if (name != branch)
        {
            stream.Append($"reset refs/tags/{name}\nfrom :{marks[name]}\n\n");
        }
    }

    private static string Data(string text) => $"data {Encoding.UTF8.GetByteCount(text)}\n{text}\n";
}
