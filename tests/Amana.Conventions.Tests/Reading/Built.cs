using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Amana.Conventions.Tests.Reading;

/// <summary>One use of something in a built assembly.</summary>
/// <param name="From">The outermost type that uses.</param>
/// <param name="To">The type used; of a nested type the outermost.</param>
/// <param name="Member">The member used, or null for the type itself.</param>
/// <param name="IsPublic">Whether other modules may use it: the type is public, and the member is, or is what a base class offers to those derived from it.</param>
/// <param name="Instruction">Of a use in a body, such as <c>call</c>; null for a use in a signature.</param>
internal sealed record Use(TypeName From, string FromMethod, TypeName To, string? Member, bool IsPublic, string? Instruction);

internal readonly record struct TypeName(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}

/// <summary>A built assembly, read without loading it.</summary>
internal sealed class Built : IDisposable
{
    private static readonly TypeCollector Collector = new();
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    private Built(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
    }

    public static Built Of(Assembly assembly) => new(assembly.Location);

    public IEnumerable<string> ReferencedAssemblies => _reader.AssemblyReferences.Select(r => _reader.GetString(_reader.GetAssemblyReference(r).Name));

    public void Dispose() => _file.Dispose();

    /// <summary>Everything that the assembly's own types use: types of its own, and members of any.</summary>
    public IEnumerable<Use> Uses() => _reader.TypeDefinitions.SelectMany(UsesOf);

    /// <summary>The texts that a type's bodies hold, with the method that holds each.</summary>
    public IEnumerable<(TypeName Type, string Method, string Text)> Texts()
    {
        foreach (var (type, method, il) in Bodies())
        {
            foreach (var (instruction, named) in IlReader.Read(il))
            {
                if (instruction == "ldstr") yield return (type, method, _reader.GetUserString((UserStringHandle)named));
            }
        }
    }

    private IEnumerable<(TypeName Type, string Method, byte[] Il)> Bodies() =>
        from type in _reader.TypeDefinitions
        from method in _reader.GetTypeDefinition(type).GetMethods()
        let definition = _reader.GetMethodDefinition(method)
        where definition.RelativeVirtualAddress != 0
        select (OutermostOf(type), MethodNameOf(type, definition), _file.GetMethodBody(definition.RelativeVirtualAddress).GetILBytes() ?? []);

    private IEnumerable<Use> UsesOf(TypeDefinitionHandle handle)
    {
        var from = OutermostOf(handle);
        var type = _reader.GetTypeDefinition(handle);
        foreach (var use in UsesOfSignature(from, "(type)", HandlesOf(type.BaseType))) yield return use;
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            foreach (var use in UsesOfSignature(from, "(type)", HandlesOf(_reader.GetInterfaceImplementation(implemented).Interface))) yield return use;
        }
        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            foreach (var use in UsesOfSignature(from, _reader.GetString(field.Name), field.DecodeSignature(Collector, null))) yield return use;
        }
        foreach (var attribute in type.GetCustomAttributes())
        {
            if (UseOfMember(from, "(attribute)", _reader.GetCustomAttribute(attribute).Constructor, null) is { } use) yield return use;
        }
        foreach (var method in type.GetMethods())
        {
            foreach (var use in UsesOfMethod(from, handle, _reader.GetMethodDefinition(method))) yield return use;
        }
    }

    private IEnumerable<Use> UsesOfMethod(TypeName from, TypeDefinitionHandle type, MethodDefinition method)
    {
        string name = MethodNameOf(type, method);
        var signature = method.DecodeSignature(Collector, null);
        var mentioned = signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(t => t));
        foreach (var use in UsesOfSignature(from, name, mentioned)) yield return use;
        if (method.RelativeVirtualAddress == 0) yield break;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            var locals = _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(Collector, null).SelectMany(t => t);
            foreach (var use in UsesOfSignature(from, name, locals)) yield return use;
        }
        foreach (var (instruction, named) in IlReader.Read(body.GetILBytes() ?? []))
        {
            if (named.Kind is HandleKind.UserString) continue;
            if (UseOfMember(from, name, (EntityHandle)named, instruction) is { } use) yield return use;
            foreach (var argument in ArgumentsOf((EntityHandle)named).SelectMany(h => UsesOfSignature(from, name, [h]))) yield return argument;
        }
    }

    private IEnumerable<Use> UsesOfSignature(TypeName from, string method, IEnumerable<EntityHandle> mentioned) =>
        mentioned.Where(h => h.Kind is HandleKind.TypeDefinition)
            .Select(h => new Use(from, method, OutermostOf((TypeDefinitionHandle)h), null, IsPublic((TypeDefinitionHandle)h), null));

    private Use? UseOfMember(TypeName from, string method, EntityHandle member, string? instruction)
    {
        switch (member.Kind)
        {
            case HandleKind.MethodDefinition:
                var called = _reader.GetMethodDefinition((MethodDefinitionHandle)member);
                bool open = (called.Attributes & MethodAttributes.MemberAccessMask) is (MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem) && IsPublic(called.GetDeclaringType());
                return new Use(from, method, OutermostOf(called.GetDeclaringType()), _reader.GetString(called.Name), open, instruction);
            case HandleKind.FieldDefinition:
                var field = _reader.GetFieldDefinition((FieldDefinitionHandle)member);
                bool seen = (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public && IsPublic(field.GetDeclaringType());
                return new Use(from, method, OutermostOf(field.GetDeclaringType()), _reader.GetString(field.Name), seen, instruction);
            case HandleKind.TypeDefinition:
                return new Use(from, method, OutermostOf((TypeDefinitionHandle)member), null, IsPublic((TypeDefinitionHandle)member), instruction);
            case HandleKind.MethodSpecification:
                return UseOfMember(from, method, _reader.GetMethodSpecification((MethodSpecificationHandle)member).Method, instruction);
            case HandleKind.MemberReference:
                var reference = _reader.GetMemberReference((MemberReferenceHandle)member);
                var parent = HandlesOf(reference.Parent).FirstOrDefault();
                if (parent.IsNil) return null;
                bool isPublic = parent.Kind is not HandleKind.TypeDefinition || IsPublic((TypeDefinitionHandle)parent);
                return new Use(from, method, NameOf(parent), _reader.GetString(reference.Name), isPublic, instruction);
            default: return null;
        }
    }

    // The types named inside a generic call or a generic parent: Foo<Hit>() uses Hit.
    private IEnumerable<EntityHandle> ArgumentsOf(EntityHandle named)
    {
        switch (named.Kind)
        {
            case HandleKind.MethodSpecification:
                var specification = _reader.GetMethodSpecification((MethodSpecificationHandle)named);
                return specification.DecodeSignature(Collector, null).SelectMany(t => t).Concat(ArgumentsOf(specification.Method));
            case HandleKind.MemberReference:
                return HandlesOf(_reader.GetMemberReference((MemberReferenceHandle)named).Parent);
            case HandleKind.TypeSpecification:
                return HandlesOf(named);
            default: return [];
        }
    }

    private System.Collections.Immutable.ImmutableArray<EntityHandle> HandlesOf(EntityHandle type) => type switch
    {
        { IsNil: true } => [],
        { Kind: HandleKind.TypeSpecification } => _reader.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(Collector, null),
        { Kind: HandleKind.TypeDefinition or HandleKind.TypeReference } => [type],
        _ => [],
    };

    private TypeName NameOf(EntityHandle type)
    {
        if (type.Kind is HandleKind.TypeDefinition) return OutermostOf((TypeDefinitionHandle)type);
        var reference = _reader.GetTypeReference((TypeReferenceHandle)type);
        return reference.ResolutionScope.Kind is HandleKind.TypeReference
            ? NameOf(reference.ResolutionScope)
            : new TypeName(_reader.GetString(reference.Namespace), _reader.GetString(reference.Name));
    }

    private TypeName OutermostOf(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = _reader.GetTypeDefinition(type.GetDeclaringType());
        return new TypeName(_reader.GetString(type.Namespace), _reader.GetString(type.Name));
    }

    private bool IsPublic(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        var visibility = type.Attributes & TypeAttributes.VisibilityMask;
        if (type.GetDeclaringType().IsNil) return visibility is TypeAttributes.Public;
        return visibility is TypeAttributes.NestedPublic && IsPublic(type.GetDeclaringType());
    }

    // A state machine's MoveNext is named after its method: <RunAsync>d__3 is RunAsync.
    private string MethodNameOf(TypeDefinitionHandle type, MethodDefinition method)
    {
        string typeName = _reader.GetString(_reader.GetTypeDefinition(type).Name);
        string name = _reader.GetString(method.Name);
        foreach (string text in (string[])[typeName, name])
        {
            if (text.StartsWith('<') && text.IndexOf('>', StringComparison.Ordinal) is > 1 and int end) return text[1..end];
        }
        return name;
    }
}
