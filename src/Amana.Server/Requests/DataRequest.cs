using Amana.Server.Foundation;

namespace Amana.Server.Requests;

internal enum DataRequestKind { Access, Correction, Deletion }

internal enum RequestState
{
    /// <summary>It came; whether it is really this person is being checked.</summary>
    Received,
    /// <summary>The applicant was asked for something that is missing.</summary>
    Waiting,
    /// <summary>The legal clock runs.</summary>
    Admissible,
    /// <summary>One person has proposed a decision; another one reads the letter and confirms it, or sends it back. The clock runs on.</summary>
    Proposed,
    /// <summary>Decided; the applicant is told within a month.</summary>
    Decided,
    /// <summary>The letter is there for the applicant.</summary>
    Told,
}

internal enum RequestOutcome { Inadmissible, WeHold, NothingHeld, NeitherYesNorNo, Corrected, Deleted, Compliant }

/// <summary>What somebody asks about data on themselves. Nobody but who handles requests learns that it exists.</summary>
internal sealed class DataRequest
{
    /// <summary>From admissibility. Source: Statute of the Commission, article 40.</summary>
    public const int AccessMonths = 4, ChangeMonths = 9;
    /// <summary>From the decision to the letter. Source: Operating Rules of the Commission.</summary>
    public const int TellMonths = 1;
    /// <summary>From receipt to the first check; a choice of ours, the sources name no number.</summary>
    public const int ConfirmDays = 7;
    /// <summary>Once, for a reason. Source: Statute, article 40: exceptional circumstances.</summary>
    public const int ExtendMonthsMax = 3;
    public const int ReasonCharsMax = 4_000, NoteCharsMax = 2_000;
    /// <summary>From the day on which the applicant learnt of the new fact. Source: Statute, article 42.</summary>
    public const int ReviseMonths = 6;

    public required Id<DataRequest> Id { get; init; }
    public required string Reference { get; init; }
    /// <summary>Keyed hash of the secret word; the applicant alone has the word.</summary>
    public required string SecretHash { get; init; }
    /// <summary>Kinds with commas between: one request may ask for several.</summary>
    public required string Asked { get; init; }
    /// <summary>In which the applicant is written to.</summary>
    public required string Language { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary><see cref="RequestContent"/>, sealed.</summary>
    public required byte[] Body { get; init; }
    /// <summary>The request whose decision this one asks to be looked at again, because of a new fact.</summary>
    public Id<DataRequest>? RevisionOf { get; init; }

    public RequestState State { get; private set; }
    public long Version { get; private set; } = 1;
    public DateTimeOffset? ProvedAt { get; private set; }
    public DateTimeOffset? AdmissibleAt { get; private set; }
    public DateTimeOffset? ExtendedTo { get; private set; }
    public RequestOutcome? Outcome { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public DateTimeOffset? ToldAt { get; private set; }
    /// <summary>What the letter says beside its own words, sealed.</summary>
    public byte[]? Reasons { get; private set; }
    /// <summary>For the recipients of a notice that is corrected, sealed.</summary>
    public byte[]? Note { get; private set; }
    /// <summary>As in the journal.</summary>
    public string? ProposedBy { get; private set; }
    public DateTimeOffset? ProposedAt { get; private set; }
    /// <summary>Where a proposal that is sent back goes on from.</summary>
    public RequestState? ProposedFrom { get; private set; }
    /// <summary>As in the journal; never who proposed.</summary>
    public string? ConfirmedBy { get; private set; }

    public string Place => $"data-request/{Id}";

    public IReadOnlyList<DataRequestKind> Kinds => [.. Asked.Split(',').Select(Enum.Parse<DataRequestKind>)];

    /// <summary>Several kinds: the longer clock.</summary>
    public int Months => Kinds.All(k => k is DataRequestKind.Access) ? AccessMonths : ChangeMonths;

    /// <summary>Until when the next thing is due: the first check, the decision, the letter; null at the end. Calendar months, clipped at the end of a month.</summary>
    public DateTimeOffset? DueAt => Standing switch
    {
        RequestState.Received or RequestState.Waiting => ReceivedAt.AddDays(ConfirmDays),
        RequestState.Admissible => ExtendedTo ?? AdmissibleAt!.Value.AddMonths(Months),
        RequestState.Decided => DecidedAt!.Value.AddMonths(TellMonths),
        _ => null,
    };

    /// <summary>As the applicant and the clock see it: a proposal is no decision.</summary>
    public RequestState Standing => State is RequestState.Proposed ? ProposedFrom!.Value : State;

    public Refusal? AskForMore()
    {
        if (State is not (RequestState.Received or RequestState.Waiting)) return RequestRefusals.WrongState;
        State = RequestState.Waiting;
        return Changed();
    }

    public Refusal? Answered()
    {
        if (State is not RequestState.Waiting) return RequestRefusals.WrongState;
        State = RequestState.Received;
        return Changed();
    }

    public Refusal? Prove(DateTimeOffset at)
    {
        if (State is not (RequestState.Received or RequestState.Waiting)) return RequestRefusals.WrongState;
        ProvedAt = at;
        return Changed();
    }

    /// <summary>Starts the clock.</summary>
    public Refusal? Admit(DateTimeOffset at)
    {
        if (State is not (RequestState.Received or RequestState.Waiting)) return RequestRefusals.WrongState;
        if (ProvedAt is null) return RequestRefusals.NotProved;
        (State, AdmissibleAt) = (RequestState.Admissible, at);
        return Changed();
    }

    public Refusal? Extend(int months)
    {
        if (State is not RequestState.Admissible) return RequestRefusals.WrongState;
        if (ExtendedTo is not null || months is < 1 or > ExtendMonthsMax) return RequestRefusals.Extension;
        ExtendedTo = AdmissibleAt!.Value.AddMonths(Months + months);
        return Changed();
    }

    /// <summary>Inadmissible before the clock runs, every other outcome while it does.</summary>
    public Refusal? MayPropose(RequestOutcome outcome) =>
        (outcome is RequestOutcome.Inadmissible ? State is RequestState.Received or RequestState.Waiting : State is RequestState.Admissible) ? null : RequestRefusals.WrongState;

    public Refusal? Propose(RequestOutcome outcome, byte[] reasons, byte[]? note, string by, DateTimeOffset at)
    {
        if (MayPropose(outcome) is { } refused) return refused;
        (ProposedFrom, State) = (State, RequestState.Proposed);
        (Outcome, Reasons, Note, ProposedBy, ProposedAt) = (outcome, reasons, note, by, at);
        return Changed();
    }

    /// <summary>The proposal is gone: its proposer withdrew it, or the second person sent it back.</summary>
    public Refusal? SendBack()
    {
        if (State is not RequestState.Proposed) return RequestRefusals.WrongState;
        (State, ProposedFrom) = (ProposedFrom!.Value, null);
        (Outcome, Reasons, Note, ProposedBy, ProposedAt) = (null, null, null, null, null);
        return Changed();
    }

    /// <summary>Whether this person may confirm: nobody confirms the own proposal.</summary>
    public Refusal? MayConfirm(string by) => State is not RequestState.Proposed ? RequestRefusals.WrongState : by == ProposedBy ? RequestRefusals.SecondPerson : null;

    public Refusal? Confirm(string by, DateTimeOffset at)
    {
        if (MayConfirm(by) is { } refused) return refused;
        (State, ConfirmedBy, DecidedAt) = (RequestState.Decided, by, at);
        return Changed();
    }

    public Refusal? Tell(DateTimeOffset at)
    {
        if (State is not RequestState.Decided) return RequestRefusals.WrongState;
        (State, ToldAt) = (RequestState.Told, at);
        return Changed();
    }

    /// <summary>Something beside it was changed that a decision rests on: who decides at the same time sees it.</summary>
    public void Touch() => Version++;

    private Refusal? Changed()
    {
        Version++;
        return null;
    }
}

/// <summary>What the applicant wrote; stored sealed.</summary>
/// <param name="Born">As typed: a date or a part of one.</param>
/// <param name="Through">A lawyer or other representative, with how to reach them; null: the person alone.</param>
internal sealed record RequestContent(string FamilyName, string Forename, string Born, string? Nationality, string? Through, string What)
{
    public const int NameCharsMax = 200, BornCharsMax = 40, ThroughCharsMax = 500, WhatCharsMax = 8_000;
}

/// <summary>A copy of an identity document or a power of attorney, cleaned and sealed; deleted when the applicant has been told.</summary>
internal sealed class RequestPaper
{
    public const int PerRequestMax = 6;

    public required Id<RequestPaper> Id { get; init; }
    public required Id<DataRequest> Request { get; init; }
    public required int Number { get; init; }
    public required string MediaType { get; init; }
    public required byte[] Body { get; init; }

    public static string PlaceOf(Id<RequestPaper> id) => $"data-request-paper/{id}";
}

/// <summary>One step of a request, or something that applicant and reviewer wrote to each other.</summary>
internal sealed class RequestStep
{
    public const int PerRequestMax = 100;

    public required Id<RequestStep> Id { get; init; }
    public required Id<DataRequest> Request { get; init; }
    /// <summary>The fact of the journal: <c>request.admitted</c>.</summary>
    public required string Fact { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>As in the journal; null: the applicant.</summary>
    public string? By { get; init; }
    /// <summary>What was written, sealed; null for a step without words.</summary>
    public byte[]? Text { get; init; }
    /// <summary>The applicant may read the words.</summary>
    public bool ForApplicant { get; init; }

    public static string PlaceOf(Id<RequestStep> id) => $"data-request-step/{id}";
}

internal enum MayBeTold { All, Part, Nothing }

/// <summary>What there can be about a person.</summary>
internal enum HeldKind
{
    Notice,
    /// <summary>Questions about the person that are still kept.</summary>
    Questions,
    /// <summary>Entries of the journal about what was done with data on the person.</summary>
    Journal,
}

/// <summary>Something held about this person, and what of it may be told.</summary>
internal sealed class RequestHolding
{
    public required Id<RequestHolding> Id { get; init; }
    public required Id<DataRequest> Request { get; init; }
    public required HeldKind Kind { get; init; }
    /// <summary>Its reference; empty for what is no notice.</summary>
    public required string Notice { get; init; }
    public required MayBeTold Told { get; set; }
    /// <summary>The answer of its owner, or the rule that forbids; sealed.</summary>
    public required byte[] Reason { get; set; }

    public static string PlaceOf(Id<RequestHolding> id) => $"data-request-holding/{id}";
}
