package io.qilin.examples;

import io.qilin.agents.analyst.Language;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In which language reasons are told. */
final class LanguageOption {
  @Option(
      names = "--language",
      paramLabel = "en|zh",
      converter = Code.class,
      description = "The language of reasons and names: en or zh; en unless given.")
  private Language language = Language.ENGLISH;

  Language language() {
    return language;
  }

  /** Reads a language. */
  static final class Code implements ITypeConverter<Language> {
    @Override
    public Language convert(String text) {
      return switch (text) {
        case "en" -> Language.ENGLISH;
        case "zh" -> Language.CHINESE;
        default ->
          throw new TypeConversionException(
              "a language is en or zh, was " + io.qilin.api.error.QilinException.quote(text));
      };
    }
  }
}
