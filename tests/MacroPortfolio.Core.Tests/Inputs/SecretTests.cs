using System.Text;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Core.Tests.Inputs;

public sealed class SecretTests
{
    private const string Token = "ghs_0123456789";

    [Fact]
    public void A_secret_never_prints_itself()
    {
        var secret = new Secret(Token);

        secret.ToString().Should().Be("***");
        $"{secret}".Should().Be("***");
        new StringBuilder().Append(secret).AppendFormat("{0,-20}|", secret).Append($"{secret:x}").ToString().Should().NotContain(Token);
    }

    [Fact]
    public void Nor_do_the_inputs_that_hold_it()
    {
        var inputs = new CommonInputs(
            null, Some.Region, "sts.amazonaws.com", "run", 3600, new Secret(Token), Some.Application, false, true, NodaTime.Duration.FromHours(1), ".github/macro-portfolio.yml", null, false);

        inputs.ToString().Should().Contain("***").And.NotContain(Token);
    }
}
