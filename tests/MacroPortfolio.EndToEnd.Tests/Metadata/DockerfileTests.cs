using System.Text.RegularExpressions;

namespace MacroPortfolio.EndToEnd.Tests.Metadata;

/// <summary>What GitHub asks of an image, beside what the image's own check sees when it runs.</summary>
public sealed class DockerfileTests
{
    private readonly Dockerfile dockerfile = Dockerfile.Read();

    [Fact]
    public void The_binary_is_linked_and_run_on_the_same_Ubuntu()
    {
        var built = dockerfile.Default("SDK_IMAGE");
        var run = dockerfile.Default("RUNTIME_IMAGE");

        ReleaseIn(run).Should().Be(ReleaseIn(built)).And.NotBeEmpty();
    }

    [Fact]
    public void The_SDK_is_the_one_whose_compiler_the_lock_files_name()
    {
        var version = Regex.Match(dockerfile.Default("SDK_IMAGE"), @"/sdk:(\d+\.\d+\.\d+)-").Groups[1].Value;
        var inCi = Repository.ReadYaml(".github/workflows/ci.yml")["jobs"].Pairs
            .SelectMany(job => job.Value["steps"].Items)
            .Where(step => step["uses"].Text?.StartsWith("actions/setup-dotnet@", StringComparison.Ordinal) is true)
            .Select(step => step["with"]["dotnet-version"].Text);

        inCi.Should().NotBeEmpty().And.OnlyContain(given => given == version).And.NotContain("");
    }

    [Fact]
    public void The_program_is_root_without_a_shell_between_and_wherever_the_runner_puts_it()
    {
        var final = dockerfile.Lines.SkipWhile(line => !line.Text.StartsWith("${RUNTIME_IMAGE}", StringComparison.Ordinal)).ToList();

        final.Where(line => line.Instruction == "USER").Should().Equal(("USER", "root"));
        final.Should().NotContain(line => line.Instruction == "WORKDIR" || line.Instruction == "CMD" || line.Instruction == "RUN");
        final.Where(line => line.Instruction == "COPY").Should().ContainSingle("only the binary goes in, with its second name")
            .Which.Text.Should().Be("--from=build /image/ /");
        var binary = dockerfile.Entrypoint[0];
        dockerfile.Lines.Where(line => line.Instruction == "RUN").Select(line => line.Text).Should()
            .Contain($"mkdir -p /image{Path.GetDirectoryName(binary)} && cp /published/macro-portfolio /image{Path.GetDirectoryName(binary)}/ && ln -s {binary[1..]} /image{ActionTests.PostEntrypoint}");
        dockerfile.Entrypoint[0].Should().StartWith("/");
    }

    private static string ReleaseIn(string image) => Regex.Match(image, @"-(noble|resolute)\b").Value;
}
