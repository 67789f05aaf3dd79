package io.qilin.core.factor;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The 101 factors of Z. Kakushadze, "101 Formulaic Alphas", Wilmott 2016 (arXiv:1601.00991), as ALPHA001 to ALPHA101, in
 * the order of the paper.
 *
 * <p>Reads {@code $open $high $low $close $volume $vwap $amount}; ALPHA056 also {@code $cap}, the market capitalisation;
 * and those that neutralise by group {@code $sector}, {@code $industry} or {@code $subindustry}, numeric codes of the group
 * that an instrument belongs to on a day. Prices should be adjusted. Windows with a fraction are cut to whole rows, as
 * the paper says. Where the paper leaves something open, {@link #ambiguities} says what was chosen.
 */
public final class Alpha101 {
  private static final Pattern CHOSEN = Pattern.compile("\\$(sector|industry|subindustry|amount)");
  private static final FactorSet FACTORS = builder().build();

  private Alpha101() {}

  /** The 101 factors. */
  public static FactorSet factors() {
    return FACTORS;
  }

  /** What the paper leaves open, and what was chosen here. */
  public static List<Alpha101Ambiguity> ambiguities() {
    return Alpha101Ambiguity.LIST;
  }

  /** Starts from the 101 factors. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code ALPHA007}. */
  static String name(int number) {
    return String.format(Locale.ROOT, "ALPHA%03d", number);
  }

  /** Which fields are read; each method says what holds without it. */
  public static final class Builder {
    private Field sector = Field.of("sector");
    private Field industry = Field.of("industry");
    private Field subindustry = Field.of("subindustry");
    private Field traded = Field.AMOUNT;

    private Builder() {}

    /** One field for the groups of all three levels; {@code $sector}, {@code $industry}, {@code $subindustry} unless set. */
    public Builder groups(Field field) {
      return groups(field, field, field);
    }

    /** The fields of the groups; {@code $sector}, {@code $industry}, {@code $subindustry} unless set. */
    public Builder groups(Field sectors, Field industries, Field subindustries) {
      sector = Objects.requireNonNull(sectors, "sectors");
      industry = Objects.requireNonNull(industries, "industries");
      subindustry = Objects.requireNonNull(subindustries, "subindustries");
      return this;
    }

    /**
     * What the paper's adv{d} is the mean of; {@code $amount}, money traded, unless set. Many published implementations take
     * {@code $volume}.
     */
    public Builder traded(Field field) {
      traded = Objects.requireNonNull(field, "field");
      return this;
    }

    /** The set, named {@code alpha101}. */
    public FactorSet build() {
      List<Factor> factors = new ArrayList<>();
      for (String formula : Alpha101Formulas.LIST) {
        String text = CHOSEN
            .matcher(formula)
            .replaceAll(found -> Matcher.quoteReplacement(chosen(found.group(1)).toString()));
        factors.add(new Factor(name(factors.size() + 1), text));
      }
      return new FactorSet("alpha101", factors);
    }

    private Field chosen(String name) {
      return switch (name) {
        case "sector" -> sector;
        case "industry" -> industry;
        case "subindustry" -> subindustry;
        default -> traded;
      };
    }
  }
}
