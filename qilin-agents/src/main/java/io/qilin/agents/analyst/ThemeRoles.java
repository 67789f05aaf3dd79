package io.qilin.agents.analyst;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who leads a theme and who follows. Immutable. */
final class ThemeRoles {
  private static final int HIGH = 3;
  private static final int LOW = 2;

  private final @Nullable ThemeMember leader;

  private ThemeRoles(@Nullable ThemeMember leader) {
    this.leader = leader;
  }

  /** The roles in a theme whose members have scored so. */
  static ThemeRoles of(ThemeView theme, List<ScoreSheet.Row> rows) {
    int best = -1;
    for (int k = 0; k < rows.size(); k++) {
      boolean candidate = theme.members().get(k).sealed() && rows.get(k).enough();
      if (candidate && (best < 0 || rows.get(k).mean() > rows.get(best).mean())) {
        best = k;
      }
    }
    if (best < 0) {
      return new ThemeRoles(null);
    }
    ThemeMember first = theme.members().get(best);
    return new ThemeRoles(followed(theme, first) ? first : null);
  }

  /** Whether somebody sealed after it or, where that is not known, it is higher than all others. */
  private static boolean followed(ThemeView theme, ThemeMember first) {
    double induced = theme.induced(first);
    return Double.isNaN(induced) ? theme.heightRank(first) == 1 : induced > 0;
  }

  /** The role of a member; empty if it has none. */
  String role(ThemeMember member) {
    if (member == leader) {
      return "THEME_LEADER";
    }
    if (!member.sealed() || leader == null) {
      return "";
    }
    return leader.streak() >= HIGH && member.streak() <= LOW ? "LATE_STARTER" : "FOLLOWER";
  }
}
