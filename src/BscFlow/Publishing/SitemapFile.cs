using System.Text;
using System.Xml.Linq;

namespace BscFlow.Publishing;

/// <summary>The list of pages for search engines: the sitemap protocol of sitemaps.org, whose addresses are whole ones.</summary>
internal static class SitemapFile
{
    private static readonly XNamespace Protocol = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static byte[] Write(Uri address, IEnumerable<string> pages) => Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + new XElement(
            Protocol + "urlset",
            pages.Select(page => new XElement(Protocol + "url", new XElement(Protocol + "loc", new Uri(address, page).AbsoluteUri)))) + "\n");
}
