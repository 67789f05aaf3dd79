package io.qilin.core.report;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;

/**
 * A page in one file: text, tables and charts, readable offline, on paper, in the dark and on a phone. Everything that
 * is handed in is text and is escaped. The page holds no script and asks the browser by its content security policy to
 * load nothing. The same content gives the same text.
 */
public final class HtmlReport {
  private HtmlReport() {}

  /**
   * Starts a page.
   *
   * @param language of the page as a whole, {@code en} or {@code zh-Hans}; Chinese inside an English page is marked
   * @param title the heading
   * @throws QilinException INVALID_ARGUMENT for anything that is no language tag
   */
  public static Builder builder(String language, String title) {
    return new Builder(language, title);
  }

  /**
   * A number that a reader should see first.
   *
   * @param label what it is
   * @param value the number as text
   * @param note what to hold it against; may be empty
   */
  public record Figure(String label, String value, String note) {
    /** Checks the parts. */
    public Figure {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(note, "note");
    }
  }

  /** Writes a page from top to bottom. Not thread-safe. */
  public static final class Builder {
    private final String language;
    private final String title;
    private final StringBuilder header = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private boolean open;
    private boolean wide;

    private Builder(String language, String title) {
      if (!language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")) {
        throw QilinException.invalid(
            "a language tag is like en or zh-Hans, was " + QilinException.quote(language));
      }
      this.language = language;
      this.title = Objects.requireNonNull(title, "title");
    }

    /** Leaves more room for wide tables; text and charts keep their width. */
    public Builder wide() {
      wide = true;
      return this;
    }

    /** A line below the heading: what, when, from where. */
    public Builder subtitle(String text) {
      header.append("<p class=\"sub\">").append(Markup.mixed(text)).append("</p>\n");
      return this;
    }

    /** A statement that nobody may overlook, for example that the data is synthetic; below the heading. */
    public Builder notice(String text) {
      header.append("<p class=\"notice\">").append(Markup.mixed(text)).append("</p>\n");
      return this;
    }

    /** Begins a section. */
    public Builder section(String heading) {
      close();
      body.append("<section>\n<h2>").append(Markup.mixed(heading)).append("</h2>\n");
      open = true;
      return this;
    }

    /** Begins a part of a section. */
    public Builder part(String heading) {
      body.append("<h3>").append(Markup.mixed(heading)).append("</h3>\n");
      return this;
    }

    /** A paragraph. */
    public Builder paragraph(String text) {
      body.append("<p>").append(Markup.mixed(text)).append("</p>\n");
      return this;
    }

    /** A paragraph in small print: how to read what stands above it. */
    public Builder remark(String text) {
      body.append("<p class=\"remark\">").append(Markup.mixed(text)).append("</p>\n");
      return this;
    }

    /** Points, one below the other. */
    public Builder list(List<String> points) {
      body.append("<ul>\n");
      points.forEach(point -> body.append("<li>").append(Markup.mixed(point)).append("</li>\n"));
      body.append("</ul>\n");
      return this;
    }

    /** Numbers side by side. */
    public Builder figures(List<Figure> figures) {
      body.append("<dl class=\"figures\">\n");
      for (Figure figure : figures) {
        body.append("<div><dt>")
            .append(Markup.mixed(figure.label()))
            .append("</dt><dd>")
            .append(Markup.mixed(figure.value()))
            .append(
                figure.note().isEmpty() ? "" : "<span>" + Markup.mixed(figure.note()) + "</span>")
            .append("</dd></div>\n");
      }
      body.append("</dl>\n");
      return this;
    }

    /** A table; it scrolls sideways where the page is too narrow. */
    public Builder table(TextTable table) {
      body.append(HtmlTable.of(table));
      return this;
    }

    /** A chart with its title above it. */
    public Builder chart(SvgChart chart) {
      body.append("<figure>\n<figcaption>")
          .append(Markup.mixed(chart.title()))
          .append("</figcaption>\n")
          .append(chart.svg())
          .append("</figure>\n");
      return this;
    }

    /** The page, to be stored as UTF-8. */
    public String build() {
      close();
      return "<!DOCTYPE html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n"
          + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '"
          + PageStyle.CSP_HASH + "'; base-uri 'none'; form-action 'none'\">\n"
          + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          + "<meta name=\"color-scheme\" content=\"light dark\">\n"
          + "<meta name=\"referrer\" content=\"no-referrer\">\n"
          + "<title>" + Markup.text(title) + "</title>\n<style>" + PageStyle.CSS
          + "</style>\n</head>\n<body>\n<main" + (wide ? " class=\"wide\"" : "") + ">\n"
          + "<header>\n<h1>" + Markup.mixed(title) + "</h1>\n" + header + "</header>\n" + body
          + "</main>\n</body>\n</html>\n";
    }

    private void close() {
      body.append(open ? "</section>\n" : "");
      open = false;
    }
  }
}
