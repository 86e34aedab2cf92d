package dev.halfwave.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A page that needs no other file: its pictures are in it, for light and for dark screens, each with its numbers. */
final class HtmlPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #222; --paper: #fff; --line: #d5d5d5; }
            @media (prefers-color-scheme: dark) { :root { --ink: #d8d8d8; --paper: #161a1f; --line: #3a414a; } }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
              max-width: 860px; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
            img { max-width: 100%; height: auto; display: block; }
            details { margin: .5rem 0 1.5rem; } summary { cursor: pointer; }
            div.wide { overflow-x: auto; margin-bottom: 1rem; }
            table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
            th, td { padding: .15rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
            th:first-child, td:first-child { text-align: left; }
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    HtmlPage(String title) {
        this.title = title;
        body.append("<h1>").append(escaped(title)).append("</h1>\n");
    }

    HtmlPage section(String heading) {
        body.append("<h2>").append(escaped(heading)).append("</h2>\n");
        return this;
    }

    HtmlPage text(String paragraph) {
        body.append("<p>").append(escaped(paragraph)).append("</p>\n");
        return this;
    }

    /**
     * A picture with the numbers behind it.
     *
     * @param shows what it shows, for those who cannot see it
     * @param drawn draws it in a theme
     * @param width in the page's pixels
     * @param table its numbers, the first row being the heads
     */
    HtmlPage picture(String shows, int width, Function<Theme, BufferedImage> drawn, List<List<String>> table) {
        body.append("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"")
                .append(data(drawn.apply(Theme.DARK)))
                .append("\"><img width=\"")
                .append(width)
                .append("\" alt=\"")
                .append(escaped(shows))
                .append("\" src=\"")
                .append(data(drawn.apply(Theme.LIGHT)))
                .append("\"></picture>\n<details><summary>Numbers: ")
                .append(escaped(shows))
                .append("</summary>\n");
        return table(table).raw("</details>\n");
    }

    /** A table by itself. */
    HtmlPage table(List<List<String>> rows) {
        body.append("<div class=\"wide\"><table>\n");
        for (int i = 0; i < rows.size(); i++) {
            String cell = i == 0 ? "th" : "td";
            body.append("<tr>");
            rows.get(i)
                    .forEach(text -> body.append('<')
                            .append(cell)
                            .append('>')
                            .append(escaped(text))
                            .append("</")
                            .append(cell)
                            .append('>'));
            body.append("</tr>\n");
        }
        return raw("</table></div>\n");
    }

    private HtmlPage raw(String html) {
        body.append(html);
        return this;
    }

    private static String data(BufferedImage picture) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(picture, "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // memory takes everything
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style></head>\n<body>\n" + body + "</body></html>\n";
    }
}
