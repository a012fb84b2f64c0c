using System.IO.Compression;
using System.Text;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>A bundle for S3: a zip with one page and an AppSpec.</summary>
internal static class Bundle
{
    private const string AppSpec = """
        version: 0.0
        os: linux
        files:
          - source: /index.html
            destination: /var/www/html
        file_exists_behavior: OVERWRITE
        """;

    public static byte[] Of(string page)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("appspec.yml", AppSpec), ("index.html", page) })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return buffer.ToArray();
    }
}
