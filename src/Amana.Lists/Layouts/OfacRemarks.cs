namespace Amana.Lists.Layouts;

/// <summary>What the remarks column says in its own little language: <c>DOB 01 Jan 1935; POB Panama City, Panama; Cedula
/// No. 8-78-897 (Panama); Linked To: …</c> The whole text is kept as <c>notes</c> too.</summary>
internal static class OfacRemarks
{
    private enum Says { Date, Country, Text, Number, Quoted }

    private sealed record Rule(string Begins, Says Says, string Property);

    // Longer beginnings before shorter ones that they contain. Read from the published lists; remarks that begin otherwise
    // are only notes.
    private static readonly Rule[] Rules =
    [
        new("DOB ", Says.Date, "birthDate"),
        new("POB ", Says.Text, "birthPlace"),
        new("nationality ", Says.Country, "nationality"),
        new("citizen ", Says.Country, "citizenship"),
        new("Gender ", Says.Text, "gender"),
        new("a.k.a. ", Says.Quoted, "weakAlias"),
        new("f.k.a. ", Says.Quoted, "previousName"),
        new("n.k.a. ", Says.Quoted, "alias"),
        new("Linked To:", Says.Text, "linkedTo"),
        new("Passport ", Says.Number, "passportNumber"),
        new("British National Overseas Passport ", Says.Number, "passportNumber"),
        new("Diplomatic Passport ", Says.Number, "passportNumber"),
        new("Stateless Person Passport ", Says.Number, "passportNumber"),
        new("SSN ", Says.Number, "socialSecurityNumber"),
        new("National ID No.", Says.Number, "idNumber"),
        new("National Foreign ID Number ", Says.Number, "idNumber"),
        new("Cedula No.", Says.Number, "idNumber"),
        new("Cedula de Extranjeria No.", Says.Number, "idNumber"),
        new("D.N.I. ", Says.Number, "idNumber"),
        new("C.U.R.P. ", Says.Number, "idNumber"),
        new("I.F.E. ", Says.Number, "idNumber"),
        new("Electoral Registry No.", Says.Number, "idNumber"),
        new("Personal ID Card ", Says.Number, "idNumber"),
        new("Identification Number IMO ", Says.Number, "imoNumber"),
        new("Identification Number ", Says.Number, "idNumber"),
        new("Turkish Identification Number ", Says.Number, "idNumber"),
        new("Citizen's Card Number ", Says.Number, "idNumber"),
        new("Residency Number ", Says.Number, "idNumber"),
        new("Birth Certificate Number ", Says.Number, "idNumber"),
        new("Travel Document Number ", Says.Number, "idNumber"),
        new("Driver's License No.", Says.Number, "idNumber"),
        new("Refugee ID Card ", Says.Number, "idNumber"),
        new("Tax ID No.", Says.Number, "taxNumber"),
        new("NIT #", Says.Number, "taxNumber"),
        new("RUC #", Says.Number, "taxNumber"),
        new("RIF #", Says.Number, "taxNumber"),
        new("R.F.C. ", Says.Number, "taxNumber"),
        new("C.U.I.T. ", Says.Number, "taxNumber"),
        new("C.U.I.P. ", Says.Number, "taxNumber"),
        new("V.A.T. Number ", Says.Number, "vatCode"),
        new("Registration ID ", Says.Number, "registrationNumber"),
        new("Registration Number ", Says.Number, "registrationNumber"),
        new("Public Registration Number ", Says.Number, "registrationNumber"),
        new("Business Registration Number ", Says.Number, "registrationNumber"),
        new("Business Registration Document #", Says.Number, "registrationNumber"),
        new("Business Number ", Says.Number, "registrationNumber"),
        new("Commercial Registry Number ", Says.Number, "registrationNumber"),
        new("Company Number IMO ", Says.Number, "imoNumber"),
        new("Company Number ", Says.Number, "registrationNumber"),
        new("UK Company Number ", Says.Number, "registrationNumber"),
        new("Legal Entity Number ", Says.Number, "registrationNumber"),
        new("Enterprise Number ", Says.Number, "registrationNumber"),
        new("Government Gazette Number ", Says.Number, "registrationNumber"),
        new("Matricula Mercantil No", Says.Number, "registrationNumber"),
        new("Folio Mercantil No.", Says.Number, "registrationNumber"),
        new("C.R. No.", Says.Number, "registrationNumber"),
        new("Trade License No.", Says.Number, "registrationNumber"),
        new("Chamber of Commerce Number ", Says.Number, "registrationNumber"),
        new("Unified Social Credit Code (USCC) ", Says.Number, "registrationNumber"),
        new("D-U-N-S Number ", Says.Number, "dunsCode"),
        new("SWIFT/BIC ", Says.Number, "swiftBic"),
        new("ISIN ", Says.Number, "isin"),
        new("BIK (RU) ", Says.Number, "bikCode"),
        new("Vessel Registration Identification IMO ", Says.Number, "imoNumber"),
        new("Vessel Registration Identification ", Says.Number, "registrationNumber"),
        new("MMSI ", Says.Number, "mmsi"),
        new("Former Vessel Flag None Identified", Says.Text, ""),
        new("Former Vessel Flag ", Says.Country, "pastFlags"),
        new("Vessel Flag ", Says.Country, "flag"),
        new("Vessel Type ", Says.Text, "type"),
        new("Vessel Call Sign ", Says.Number, "callSign"),
        new("Vessel Year of Build ", Says.Text, "buildDate"),
        new("Aircraft Construction Number (also called L/N or S/N or F/N) ", Says.Number, "serialNumber"),
        new("Aircraft Manufacturer's Serial Number (MSN) ", Says.Number, "serialNumber"),
        new("Aircraft Mode S Transponder Code ", Says.Number, "icaoCode"),
        new("Aircraft Tail Number ", Says.Number, "registrationNumber"),
        new("Previous Aircraft Tail Number ", Says.Number, "registrationNumber"),
        new("Aircraft Manufacture Date ", Says.Text, "buildDate"),
        new("Aircraft Model ", Says.Text, "model"),
        new("Aircraft Operator ", Says.Text, "operator"),
        new("Organization Established Date ", Says.Text, "incorporationDate"),
        new("Organization Type:", Says.Text, "classification"),
        new("Digital Currency Address - ", Says.Text, "publicKey"),
        new("Website ", Says.Text, "website"),
        new("Email Address ", Says.Text, "email"),
        new("Telephone:", Says.Text, "phone"),
        new("Phone Number ", Says.Text, "phone"),
    ];

    private static readonly string[] EndsOfNumber = [" (", " issued ", " expires ", ", ", " - "];

    public static void Read(EntityDraft draft, string? remarks)
    {
        if (remarks is null) return;
        string text = remarks.EndsWith('.') ? remarks[..^1] : remarks;
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string remark = part.StartsWith("alt. ", StringComparison.Ordinal) ? part[5..] : part;
            if (Array.Find(Rules, r => remark.StartsWith(r.Begins, StringComparison.Ordinal)) is { } rule)
                Take(draft, rule, remark[rule.Begins.Length..].Trim());
        }
        draft.Add("notes", remarks);
    }

    private static void Take(EntityDraft draft, Rule rule, string value)
    {
        if (rule.Property.Length == 0) return;
        switch (rule.Says)
        {
            case Says.Date: draft.AddDates(rule.Property, value, about: false); break;
            case Says.Country: draft.Add(rule.Property, value.TrimStart(':', ' ')); break;
            case Says.Number: draft.Add(rule.Property, NumberIn(value)); break;
            case Says.Quoted: draft.Add(rule.Property, value.Trim('\'', '"')); break;
            default: draft.Add(rule.Property, value); break;
        }
    }

    /// <summary>"# 8-78-897 (Panama) issued 24 Oct 1990" is 8-78-897.</summary>
    internal static string NumberIn(string value)
    {
        string number = value.TrimStart('#', ':', ' ', '.');
        foreach (string end in EndsOfNumber)
        {
            int at = number.IndexOf(end, StringComparison.Ordinal);
            if (at > 0) number = number[..at];
        }
        return number.Trim();
    }
}
