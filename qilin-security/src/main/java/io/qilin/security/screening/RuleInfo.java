package io.qilin.security.screening;

/**
 * What a rule is about, for lists and for exceptions by field.
 *
 * @param id its stable id, for example {@code QS-SQL-03}
 * @param category what it takes a match for
 * @param paranoia the lowest level, 1 to 4, that runs it
 * @param score what a match adds
 * @param about what it looks for, in one line
 */
public record RuleInfo(String id, AttackCategory category, int paranoia, int score, String about) {}
