namespace MacroPortfolio.Simulator.CodeDeploy.State;

/// <summary>Ids in AWS's forms, the same in every run of one seed.</summary>
public sealed class Ids(int seed)
{
    private const string DeploymentCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private readonly Lock gate = new();
    private readonly Random random = new(seed);

    public string Deployment()
    {
        lock (gate)
            return "d-" + new string(random.GetItems<char>(DeploymentCharacters, 9));
    }

    public string Resource()
    {
        var bytes = new byte[16];
        lock (gate)
            random.NextBytes(bytes);

        // RFC 9562: version 4, variant 1.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
