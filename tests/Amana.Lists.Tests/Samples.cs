namespace Amana.Lists.Tests;

/// <summary>A small made list in each layout, with something of everything.</summary>
internal static class Samples
{
    public static string Of(ListFormat format) => format switch
    {
        ListFormat.OfacCsv => Ofac,
        ListFormat.UnXml => Un,
        ListFormat.FollowTheMoney => FollowTheMoney,
        ListFormat.Notices => Notices,
        ListFormat.Corpus => Corpus,
        _ => Csv,
    };

    public const string Ofac = """
        9001,"SPECIMEN, Anna Maria","individual","UTO] [QQQ","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 12 Aug 1974; alt. DOB circa 1973; POB Utopia City; nationality France; citizen Iran; Gender Female; Passport Q1234567 (France) issued 01 Jan 2010 expires 01 Jan 2020; National ID No. 88-1 (Iran); a.k.a. 'ANNIE'; Linked To: UTOPIA TRADING."
        9002,"MUESTRA, Omar, Jr.","individual","UTO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 01 Jan 1961 to 31 Dec 1962."
        9003,"UTOPIA STAR","vessel","UTO",-0- ,"Q2EU4","Crude Oil Tanker","99,144","56,068","Malta","Utopia Lines","Vessel Registration Identification IMO 9187629; MMSI 572469210; Former Vessel Flag Panama; alt. Former Vessel Flag None Identified."
        9004,"UT-QAA","aircraft","UTO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Construction Number (also called L/N or S/N or F/N) 2101; Aircraft Model An-74; Aircraft Operator UTOPIA AIR."
        9005,"UTOPIA TRADING, S.A.",-0- ,"UTO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"NIT # 800160353-2 (Colombia)."

        """;

    public const string Un = """
        <?xml version='1.0' encoding='utf-8'?>
        <CONSOLIDATED_LIST dateGenerated="2026-01-01"><INDIVIDUALS><INDIVIDUAL><DATAID>9001</DATAID><FIRST_NAME>ANNA</FIRST_NAME>
        <SECOND_NAME>SPECIMEN</SECOND_NAME><UN_LIST_TYPE>Utopia</UN_LIST_TYPE><REFERENCE_NUMBER>QQi.001</REFERENCE_NUMBER>
        <LISTED_ON>2012-12-31-05:00</LISTED_ON><NAME_ORIGINAL_SCRIPT>آنا نموذج</NAME_ORIGINAL_SCRIPT><COMMENTS1>Gender: female &amp; so on</COMMENTS1>
        <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY><LAST_DAY_UPDATED><VALUE>2016-10-13</VALUE><VALUE>2015-01-01</VALUE></LAST_DAY_UPDATED>
        <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>A. Muestra; Ann Muestra</ALIAS_NAME></INDIVIDUAL_ALIAS>
        <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Annie</ALIAS_NAME></INDIVIDUAL_ALIAS>
        <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1974</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
        <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1971</FROM_YEAR><TO_YEAR>1973</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
        <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Utopia City</CITY><COUNTRY>France</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
        <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Utopian passport number Q1234567</NUMBER></INDIVIDUAL_DOCUMENT>
        </INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>9002</DATAID><FIRST_NAME>UTOPIA TRADING (UT) ; UTOPIA COMMERCE</FIRST_NAME>
        <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old Utopia</ALIAS_NAME></ENTITY_ALIAS>
        <ENTITY_ADDRESS><CITY>Utopia City</CITY><COUNTRY>Iraq</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES></CONSOLIDATED_LIST>
        """;

    public const string FollowTheMoney = """
        {"id":"Q-1","caption":"Anna Specimen","schema":"Person","properties":{"name":["Anna Specimen","آنا نموذج"],"alias":["A. Muestra"],"birthDate":["1974-08-12","1973"],"nationality":["fr"],"gender":["female"],"topics":["sanction"],"ownProperty":["kept"]},"datasets":["x"],"referents":["old-1","old-2"],"target":true,"first_seen":"2023-04-20T10:31:07","last_seen":"2026-01-02T03:04:05","last_change":"2024-06-07T08:09:10"}
        {"id":"Q-2","caption":"Omar Muestra","schema":"Person","target":false,"properties":{"firstName":["Omar"],"lastName":["Muestra"],"addressEntity":[{"id":"ad-1","properties":{"full":["Utopia Street 1"],"country":["ir"]},"schema":"Address"}],"passportEntity":[{"id":"pp-1","schema":"Passport","properties":{"number":["Q7654321"]}}]}}
        {"id":"Q-3","schema":"Ownership","properties":{"owner":["Q-1"],"asset":["Q-2"]}}
        {"id":"Q-4","schema":"Vessel","properties":{"name":["UTOPIA STAR"],"imoNumber":["9187629"],"flag":["mt"]}}

        """;

    public const string Notices = """
        {"entity_id":"2099/1","name":"SPECIMEN","forename":"ANNA","date_of_birth":"1974/08/12","sex_id":"F","nationalities":["FR"],"height":1.7,"weight":0,"arrest_warrants":[{"issuing_country_id":"UT","charge":"x","charge_translation":null}],"_links":{"self":{"href":"https://host/notices/v1/red/2099-1"}}}
        {"total":1,"_embedded":{"notices":[{"entity_id":"2099/2","name":"MUESTRA","forename":"-","aliases":[{"name":"A","forename":"B","qualification":"Low"}],"identity_documents":[{"type":"Passport","nr":"Q1"}]}]}}

        """;

    public const string Corpus = """
        {"id":"D1","schema":"Person","name":"Anna Specimen","names":[{"n":"Anna Specimen","s":"Latn","t":"primary"},{"n":"آنا نموذج","s":"Arab","t":"alias"},{"n":"Annie","t":"weak"}],"dob":["1974-08-12"],"countries":["fr"],"gender":"female","idNumbers":["Q1234567"],"sources":["x"]}
        {"id":"D2","schema":"Person","names":["Omar Muestra","O. Muestra"],"dob":"1961"}
        {"id":"D3","country":"gg","name":"Ut Opia","other":[{"name":"ユトピア","lang":"ja"}],"wikidata":"Q0","birth_date":null,"gender":null}

        """;

    public const string Csv = """
        id,schema,name,alias,birthDate,nationality
        1,Person,"Specimen, Anna","Ann ""A"" S.",1974-08-12,fr
        2,Company,Utopia Trading,,,
        Q-3,Person,"Omar
        Muestra",,1961,ir

        """;
}
