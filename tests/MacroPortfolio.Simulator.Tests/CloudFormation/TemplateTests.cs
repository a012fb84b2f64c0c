using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CloudFormation.Templates;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Tests.CloudFormation;

public class TemplateTests
{
    [Theory]
    [InlineData("!Ref Name", "\"site\"")]
    [InlineData("!Ref AWS::Region", "\"ap-east-1\"")]
    [InlineData("!GetAtt Group.GroupId", "\"Group/GroupId\"")]
    [InlineData("!Sub '${Name}-${Group}-${Group.GroupId}-${AWS::Region}'", "\"site-group-Group/GroupId-ap-east-1\"")]
    [InlineData("!Sub ['${A}/${Name}', { A: !Ref Group }]", "\"group/site\"")]
    [InlineData("!Sub 'echo ${!HOME} $(id)'", "\"echo ${HOME} $(id)\"")]
    [InlineData("!Join ['-', [a, !Ref Name, 7]]", "\"a-site-7\"")]
    [InlineData("!Split ['/', acme/site]", "[\"acme\",\"site\"]")]
    [InlineData("!Select [1, !Split ['/', acme/site]]", "\"site\"")]
    [InlineData("!Select [1, !Ref List]", "\"b\"")]
    [InlineData("!If [IsSite, !Ref Name, other]", "\"site\"")]
    [InlineData("!If [IsOther, !Ref Name, other]", "\"other\"")]
    [InlineData("[a, !If [IsOther, b, !Ref AWS::NoValue], c]", "[\"a\",\"c\"]")]
    [InlineData("{ A: 1, B: !If [IsOther, b, !Ref AWS::NoValue] }", "{\"A\":1}")]
    [InlineData("!If [IsBoth, yes, no]", "\"yes\"")]
    [InlineData("!If [IsEither, yes, no]", "\"yes\"")]
    [InlineData("!FindInMap [Sizes, !Ref Name, Small]", "\"1\"")]
    [InlineData("!ImportValue shared", "\"imported shared\"")]
    [InlineData("Fn::Base64: !Sub 'hi ${Name}'", "\"aGkgc2l0ZQ==\"")]
    [InlineData("{ Ref: Name }", "\"site\"")]
    [InlineData("{ 'Fn::GetAtt': [Group, GroupId] }", "\"Group/GroupId\"")]
    [InlineData("[012345678901, '1', 1, true, 2012-10-17]", "[\"012345678901\",\"1\",1,true,\"2012-10-17\"]")]
    public void Functions_give_what_they_stand_for(string written, string value)
    {
        var template = Template.Parse($$"""
            Parameters:
              Name: { Type: String }
              List: { Type: CommaDelimitedList }
            Mappings: { Sizes: { site: { Small: '1' } } }
            Conditions:
              IsSite: !Equals [!Ref Name, site]
              IsOther: !Not [!Condition IsSite]
              IsBoth: !And [!Condition IsSite, !Not [!Condition IsOther]]
              IsEither: !Or [!Condition IsOther, !Condition IsSite]
            Resources:
              Group: { Type: AWS::EC2::SecurityGroup }
              Used:
                Type: AWS::EC2::SecurityGroup
                Properties:
                  Value:
                    {{written}}
            """);

        var resolved = new Functions(template, new Scripted()).Resolve(template.Resources[1].Properties["Value"]);

        resolved!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Should().Be(value);
    }

    [Theory]
    [InlineData("Resources: { A: { Type: T, Properties: { X: !Ref B } } }", "*Unresolved resource dependencies [B] in the Resources block*")]
    [InlineData("Resources: { A: { Type: T, Properties: { X: !Sub '${B.Arn}' } } }", "*Unresolved resource dependencies [B] in the Resources block*")]
    [InlineData("Resources: { A: { Type: T, DependsOn: B } }", "*Unresolved resource dependencies [B] in the Resources block*")]
    [InlineData("Resources: { A: { Type: T } }\nOutputs: { O: { Value: !GetAtt B.Arn } }", "*Unresolved resource dependencies [B] in the Outputs block*")]
    [InlineData("Resources: { A: { Type: T, Condition: C } }", "*Unresolved condition dependency C*")]
    [InlineData("Resources: { A: { Type: T, Properties: { X: !Ref B } }, B: { Type: T, DependsOn: A } }", "Circular dependency between resources: [A, B]")]
    [InlineData("Resources: { A: { Properties: {} } }", "*Every Resources object must contain a Type member*")]
    [InlineData("Resources: { A: { Type: T, Propertys: {} } }", "*Invalid template resource property 'Propertys'*")]
    [InlineData("Resources: {}", "*At least one Resources member must be defined*")]
    [InlineData("Resources: { A: { Type: T } }\nTransform: X", "*Invalid template property or properties [Transform]*")]
    [InlineData("Resources: { A: { Type: T, Properties: { X: !GetAttribute A.B } } }", "*unsupported value for tag !GetAttribute*")]
    [InlineData("Resources: &a { A: { Type: T } }", "*aliases are not allowed*")]
    [InlineData("Resources: [", "*YAML not well-formed*")]
    [InlineData("text", "*unsupported structure*")]
    public void What_is_no_template_is_refused_with_the_reason(string text, string message)
    {
        var parse = () => Template.Parse(text);

        parse.Should().Throw<AwsException>().WithMessage(message).Which.Code.Should().Be("ValidationError");
    }

    [Theory]
    [InlineData("{ Type: String, AllowedPattern: '[a-z]+' }", "site", "Site")]
    [InlineData("{ Type: String, AllowedPattern: 'a|b' }", "b", "bc")]
    [InlineData("{ Type: String, AllowedValues: [gray, stable] }", "stable", "other")]
    [InlineData("{ Type: String, MaxLength: 3 }", "abc", "abcd")]
    [InlineData("{ Type: String, MinLength: 3 }", "abc", "ab")]
    [InlineData("{ Type: Number, MinValue: 1, MaxValue: 99 }", "99", "100")]
    [InlineData("{ Type: Number, MinValue: 1 }", "1", "0")]
    [InlineData("{ Type: Number }", "1.5", "one")]
    [InlineData("{ Type: CommaDelimitedList, AllowedPattern: '[a-z]+' }", "a, b", "a,B")]
    public void A_parameter_takes_what_it_says(string declaration, string good, string bad)
    {
        var parameter = Template.Parse($"Parameters: {{ P: {declaration} }}\nResources: {{ A: {{ Type: T }} }}").Parameters.Single();

        var accept = () => parameter.Read(good);
        var refuse = () => parameter.Read(bad);

        accept.Should().NotThrow();
        refuse.Should().Throw<AwsException>().WithMessage("Parameter 'P' must*");
    }

    [Fact]
    public void What_a_parameter_says_of_itself_is_said_when_it_is_broken()
    {
        var parameter = Template.Parse("Parameters: { P: { Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: lower-case letters. } }\nResources: { A: { Type: T } }").Parameters.Single();

        var refuse = () => parameter.Read("A");

        refuse.Should().Throw<AwsException>().WithMessage("Parameter P failed to satisfy constraint: lower-case letters.");
    }

    [Fact]
    public void What_is_referred_to_comes_first_otherwise_all_is_in_the_order_of_the_template()
    {
        var template = Template.Parse("""
            Resources:
              Last: { Type: T, DependsOn: Middle }
              Middle: { Type: T, Properties: { X: [{ Y: !GetAtt First.Arn }] } }
              First: { Type: T }
              Other: { Type: T }
            """);

        var order = References.InOrder(template.Resources);

        order.Select(resource => resource.Id).Should().Equal("First", "Middle", "Last", "Other");
    }

    [Fact]
    public void Named_identities_need_more_than_others()
    {
        string? Needed(string properties) => Template.Parse($"Resources: {{ A: {{ Type: AWS::IAM::Role, Properties: {{ {properties} }} }} }}").Capability;

        var (named, unnamed, none) = (Needed("RoleName: a"), Needed("Path: /"), Template.Parse("Resources: { A: { Type: AWS::S3::Bucket } }").Capability);

        (named, unnamed, none).Should().Be(("CAPABILITY_NAMED_IAM", "CAPABILITY_IAM", null));
    }

    private sealed class Scripted : ISurroundings
    {
        public JsonNode? Ref(string name) => name switch
        {
            "Name" => "site",
            "List" => new JsonArray("a", "b"),
            "AWS::NoValue" => null,
            "AWS::Region" => "ap-east-1",
            _ => name.ToLowerInvariant(),
        };

        public string Attribute(string resource, string name) => $"{resource}/{name}";

        public string Import(string name) => $"imported {name}";
    }
}
