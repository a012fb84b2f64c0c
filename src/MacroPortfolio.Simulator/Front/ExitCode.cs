namespace MacroPortfolio.Simulator.Front;

public enum ExitCode
{
    Succeeded = 0,
    Failed = 1,
    BadInput = 2,
    CommandNotExecutable = 126,
    CommandNotFound = 127,
}
