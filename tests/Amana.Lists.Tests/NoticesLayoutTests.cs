namespace Amana.Lists.Tests;

public sealed class NoticesLayoutTests
{
    private const string ListAnswer = """
        {"total":2,"query":{"page":1,"resultPerPage":20},
         "_embedded":{"notices":[
           {"forename":"ANNA MARIA","date_of_birth":"1974/08/12","entity_id":"2099/1","nationalities":["UT"],"name":"ERIKSSON",
            "_links":{"self":{"href":"https://host/notices/v1/red/2099-1"}}},
           {"forename":null,"date_of_birth":"1980/00/00","entity_id":"2099/2","nationalities":null,"name":"ESPECIMEN",
            "_links":{"self":{"href":"https://host/notices/v1/yellow/2099-2"}}}]},
         "_links":{"self":{"href":"https://host/notices/v1/red?page=1"}}}
        """;

    private const string UnDetail = """
        {"entity_id":"2099/7","name":"SPECIMEN","forename":"OMAR","name_in_original_script":"عينة","forename_in_original_script":"عمر",
         "date_of_birth":"1961","sex_id":"M","nationalities":["SY"],"un_reference":"QDi.999","un_reference_date":"2015/01/02",
         "un_resolution":1267,"purposes":["Asset Freeze"],"adresses":["Utopia Street 1"],
         "aliases":[{"qualification":"Good","name":"MUESTRA","forename":"UMAR"},{"qualification":"Low","name":"Abu Specimen","forename":"-"}],
         "identity_documents":[{"type":"Passport","nr":"Q1234567"},{"type":"National card","nr":"88-1"}],
         "weight":0,"height":null,"_embedded":{"links":[]},"_links":{"self":{"href":"https://host/notices/v1/un/persons/2099-7"}}}
        """;

    [Fact]
    public void A_list_answer_gives_each_of_its_notices()
    {
        var (entities, _) = Shared.ReadAll(Shared.Made("red.json", ListAnswer));
        entities.Select(e => e.Id).ShouldBe(["test-2099-1", "test-2099-2"]);
        entities[0].Caption.ShouldBe("ANNA MARIA ERIKSSON");
        entities[0]["lastName"].ShouldBe(["ERIKSSON"]);
        entities[0]["birthDate"].ShouldBe(["1974-08-12"]);
        entities[0]["topics"].ShouldBe(["wanted"]);
        entities[1].Caption.ShouldBe("ESPECIMEN");
        entities[1]["birthDate"].ShouldBe(["1980"]);
        entities[1]["topics"].ShouldBeEmpty();
    }

    [Fact]
    public void A_detail_of_a_UN_notice_gives_names_in_both_scripts_aliases_and_documents()
    {
        var (entities, rejected) = Shared.ReadAll(Shared.Made("un.json", UnDetail));
        var entity = entities.ShouldHaveSingleItem();
        rejected.ShouldBeEmpty();
        entity["name"].ShouldBe(["OMAR SPECIMEN", "عمر عينة"]);
        entity["alias"].ShouldBe(["UMAR MUESTRA"]);
        entity["weakAlias"].ShouldBe(["Abu Specimen"]);
        entity["passportNumber"].ShouldBe(["Q1234567"]);
        entity["idNumber"].ShouldBe(["88-1"]);
        entity["gender"].ShouldBe(["male"]);
        entity["nationality"].ShouldBe(["sy"]);
        entity["unscId"].ShouldBe(["QDi.999"]);
        entity["listingDate"].ShouldBe(["2015-01-02"]);
        entity["topics"].ShouldBe(["sanction"]);
        entity["weight"].ShouldBeEmpty();
    }

    [Theory]
    [InlineData("array")]
    [InlineData("lines")]
    [InlineData("spread array of list answers")]
    public void Details_come_as_an_array_or_one_a_line_too(string how)
    {
        string a = "{\"entity_id\":\"2099/1\",\"name\":\"ERIKSSON\",\"forename\":\"A\"}";
        string b = "{\"entity_id\":\"2099/2\",\"name\":\"SPECIMEN \\\"S\\\" {x]\",\"forename\":null}";
        string text = how switch
        {
            "array" => $"[{a},{b}]",
            "lines" => $"{a}\n{b}\n",
            _ => $"[\n  {{\n\"_embedded\": {{\"notices\": [\n{a},\n{b}\n]}}\n}}\n]",
        };
        var (entities, rejected) = Shared.ReadAll(Shared.Made("n.json", text));
        rejected.ShouldBeEmpty();
        entities.Select(e => e.Id).ShouldBe(["test-2099-1", "test-2099-2"]);
    }

    [Fact]
    public void An_array_that_breaks_off_refuses_the_file()
    {
        Shared.Refusal(Shared.Made("n.json", "[{\"entity_id\":\"2099/1\",\"name\":\"ERIKSSON\"},{\"entity_id\":\"20")).Code
            .ShouldBe(ListCodes.JsonBroken);
    }

    [Fact]
    public void An_organisation_of_the_UN_splits_its_lists_of_names()
    {
        const string Entity = """
            {"entity_id":"2099/9","name":"UTOPIA TRADING","also_known_as":"UT TRADE; UTC","formerly_known_as":"OLD UTOPIA","main_activity":"trade"}
            """;
        var entity = Shared.ReadAll(Shared.Made("un.json", Entity)).Entities.ShouldHaveSingleItem();
        entity.Schema.ShouldBe("Organization");
        entity["alias"].ShouldBe(["UT TRADE", "UTC"]);
        entity["previousName"].ShouldBe(["OLD UTOPIA"]);
    }
}
