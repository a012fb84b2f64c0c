using System.Globalization;
using System.Text;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.Bench;

/// <summary>P5: a gigabyte in 20,000 files, pushed; beside it zip, and then an upload of what zip made by the aws CLI, all in one run.</summary>
internal static class BundleBench
{
    private const int Folders = 200;
    private const int FilesEach = 100;
    private const int Size = 50_000;

    public static async Task RunAsync(Scores scores, Programs programs, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("macro-portfolio-bundle-");
        try
        {
            var app = Path.Combine(folder.FullName, "app");
            Fill(app);
            await using var cloud = await Cloud.RaiseAsync(programs, time, World.Render(0.001, [new("gray", 1)]));
            var job = await cloud.JobAsync();
            job["INPUT_S3-BUCKET"] = "bundles";
            job["INPUT_PATH"] = app;

            var began = time.GetTimestamp();
            var kilobytes = await SizeBench.PeakAsync(programs, job, "push");
            var ours = time.GetElapsedTime(began).TotalSeconds;

            began = time.GetTimestamp();
            var archive = Path.Combine(folder.FullName, "app.zip");
            await Cloud.RunAsync("/bin/sh", ["-c", $"cd '{app}' && zip -qr '{archive}' ."], new() { ["PATH"] = "/usr/bin:/bin" });
            var zip = time.GetElapsedTime(began).TotalSeconds;
            await Cloud.RunAsync(programs.Aws, ["--endpoint-url", cloud.Url, "s3", "cp", archive, "s3://bundles/peer/app.zip", "--no-progress"], StartBench.Keys);
            var peer = time.GetElapsedTime(began).TotalSeconds;

            scores.Say(string.Create(CultureInfo.InvariantCulture, $"P5  {Folders * FilesEach:#,0} files of {Size / 1000} KB: push {ours:0.0} s; zip {zip:0.0} s and aws s3 cp {peer - zip:0.0} s"));
            scores.AtLeast("P5", "times as fast as zip and an upload", peer / ours, 2, 1.5, "x");
            scores.AtMost("P5", "resident memory at most, 1 GB of files", kilobytes / 1024.0, 128, 128, " MB");

            var before = cloud.Count;
            await Cloud.RunAsync(programs.MacroPortfolio, ["push"], job);
            var again = await cloud.SinceAsync(before);
            scores.AtMost("P5", "uploads of the same again", again.Of("PutObject").Count + again.Of("UploadPart").Count, 0, 0, "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>As artefacts are: of six files three of records, two of code, one that is compressed already.</summary>
    private static void Fill(string app)
    {
        var random = new Random(5);
        var words = Enumerable.Range(0, 3_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(3, 10)).Select(_ => (char)random.Next('a', 'z' + 1)))).ToArray();
        for (var at = 0; at < Folders * FilesEach; at++)
        {
            var place = Directory.CreateDirectory(Path.Combine(app, $"d{at / FilesEach:000}"));
            File.WriteAllBytes(Path.Combine(place.FullName, $"f{at:00000}"), (at % 6) switch
            {
                0 => Noise(random),
                1 or 2 => Text(() => $"    {words[random.Next(words.Length)]}.{words[random.Next(200)]}({words[random.Next(words.Length)]}, {random.Next(100)});\n"),
                _ => Text(() => $"{{\"time\":\"2026-11-{random.Next(10, 28)}T{random.Next(10, 24)}:00:00Z\",\"symbol\":\"{words[random.Next(500)]}\",\"price\":{random.Next(10_000) / 100.0:0.00},\"size\":{random.Next(1000)}}}\n"),
            });
        }

        File.WriteAllText(Path.Combine(app, "appspec.yml"), "version: 0.0\nos: linux\nfiles:\n  - { source: /, destination: /srv/app }\n");
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[Size];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Text(Func<string> line)
    {
        var text = new StringBuilder(Size + 200);
        while (text.Length < Size)
        {
            text.Append(line());
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, Size));
    }
}
