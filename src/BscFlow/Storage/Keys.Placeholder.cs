namespace BscFlow.Storage;

public static partial class Keys
{
    public static string MotionMail(string kind, string motion, string reader) => Lower($"{kind}|{motion}|{reader}");

    public static string ShortHash(string text) => Digest(text)[..32];
}
