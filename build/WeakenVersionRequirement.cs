using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Sets VER_FLG_WEAK on one symbol version that a 64-bit little-endian ELF library requires.</summary>
public class WeakenVersionRequirement : Task
{
    private const int SectionVersionNeeded = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 0x2;                     // VER_FLG_WEAK

    [Required] public string Library { get; set; }

    [Required] public string Version { get; set; }

    public override bool Execute()
    {
        var elf = File.ReadAllBytes(Library);
        int flags = FindFlags(elf);
        if (flags < 0 || (BitConverter.ToUInt16(elf, flags) & Weak) != 0)
        {
            return true;
        }

        BitConverter.GetBytes((ushort)(BitConverter.ToUInt16(elf, flags) | Weak)).CopyTo(elf, flags);
        var patched = Library + ".patched";
        File.WriteAllBytes(patched, elf);
        File.Delete(Library);
        File.Move(patched, Library);
        Log.LogMessage(MessageImportance.Normal, "{0}: {1} is now optional", Library, Version);
        return true;
    }

    /// <summary>Offset of vna_flags of the wanted version, or -1 where the library does not ask for it.</summary>
    private int FindFlags(byte[] elf)
    {
        long sections = BitConverter.ToInt64(elf, 0x28);
        int sectionSize = BitConverter.ToUInt16(elf, 0x3A);
        int sectionCount = BitConverter.ToUInt16(elf, 0x3C);
        for (int section = 0; section < sectionCount; section++)
        {
            int header = (int)(sections + section * sectionSize);
            if (BitConverter.ToUInt32(elf, header + 4) != SectionVersionNeeded)
            {
                continue;
            }

            int need = (int)BitConverter.ToInt64(elf, header + 0x18);
            int stringsHeader = (int)(sections + BitConverter.ToInt32(elf, header + 0x28) * sectionSize);
            int strings = (int)BitConverter.ToInt64(elf, stringsHeader + 0x18);
            return FindInNeeds(elf, need, strings);
        }

        return -1;
    }

    private int FindInNeeds(byte[] elf, int need, int strings)
    {
        while (true)
        {
            int aux = need + (int)BitConverter.ToUInt32(elf, need + 8);
            for (int left = BitConverter.ToUInt16(elf, need + 2); left > 0; left--)
            {
                int name = strings + (int)BitConverter.ToUInt32(elf, aux + 8);
                int end = Array.IndexOf(elf, (byte)0, name);
                if (Encoding.ASCII.GetString(elf, name, end - name) == Version)
                {
                    return aux + 4;
                }

                aux += (int)BitConverter.ToUInt32(elf, aux + 12);
            }

            int next = (int)BitConverter.ToUInt32(elf, need + 12);
            if (next == 0)
            {
                return -1;
            }

            need += next;
        }
    }
}
