using System.Globalization;

namespace MacroPortfolio.Simulator.Fleet.Machine;

/// <summary>The users and groups of an instance, as <c>/etc/passwd</c> and <c>/etc/group</c> list them.</summary>
internal sealed class Accounts(Func<string, string> read)
{
    public uint User(string name) => Number("/etc/passwd", name) ?? throw new AgentException($"can't find user for {name}");

    public uint Group(string name) => Number("/etc/group", name) ?? throw new AgentException($"can't find group for {name}");

    private uint? Number(string file, string name) =>
        (from line in read(file).Split('\n')
         let fields = line.Split(':')
         where fields.Length > 2 && fields[0] == name
         select uint.Parse(fields[2], CultureInfo.InvariantCulture) as uint?).FirstOrDefault();
}
