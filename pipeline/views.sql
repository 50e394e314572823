-- 供 Excel 和 BI 使用的视图；SQLite 与 PostgreSQL 通用。各列含义见 docs/database.zh.md。
CREATE VIEW v_findings AS
SELECT f.finding_id, f.source, f.part, r.title AS report_title, r.evaluated_body, r.total_score, r.grade,
       f.rule, f.severity,
       CASE f.severity WHEN 'decisive' THEN '影响结论' WHEN 'error' THEN '数据矛盾'
                       WHEN 'warning' THEN '需要关注' ELSE '文字提示' END AS severity_name,
       f.title, f.message, f.formula, f.reported, f.expected, f.difference, f.suspect
FROM findings f
LEFT JOIN reports r ON r.report_id = f.report_id AND r.source = f.source AND r.part = f.part;

CREATE VIEW v_reports AS
SELECT r.report_id, r.source, r.part, r.title, r.project, r.evaluated_body, r.evaluator, r.kind, r.report_date,
       r.total_score, r.grade,
       COUNT(CASE WHEN f.severity = 'decisive' THEN 1 END) AS decisive_findings,
       COUNT(CASE WHEN f.severity = 'error' THEN 1 END) AS error_findings,
       COUNT(CASE WHEN f.severity = 'warning' THEN 1 END) AS warning_findings,
       COUNT(CASE WHEN f.severity = 'info' THEN 1 END) AS info_findings
FROM reports r
LEFT JOIN findings f ON f.report_id = r.report_id AND f.source = r.source AND f.part = r.part
GROUP BY r.report_id, r.source, r.part, r.title, r.project, r.evaluated_body, r.evaluator, r.kind, r.report_date,
         r.total_score, r.grade;

CREATE VIEW v_rules AS
SELECT f.rule, f.severity, COUNT(*) AS findings, COUNT(DISTINCT f.report_id) AS reports
FROM findings f
GROUP BY f.rule, f.severity;

CREATE VIEW v_bodies AS
SELECT r.evaluated_body, COUNT(DISTINCT r.report_id) AS reports, COUNT(f.finding_id) AS findings
FROM reports r
LEFT JOIN findings f ON f.report_id = r.report_id AND f.source = r.source AND f.part = r.part
                    AND f.severity IN ('decisive', 'error')
GROUP BY r.evaluated_body;

CREATE VIEW v_indicators AS
SELECT i.report_id, i.source, i.part, r.title AS report_title, r.evaluated_body, i.level, i.name,
       i.weight, i.score, i.score_rate, i.target, i.actual
FROM indicators i
LEFT JOIN reports r ON r.report_id = i.report_id AND r.source = i.source AND r.part = i.part;

CREATE VIEW v_amounts AS
SELECT a.report_id, a.source, a.part, r.title AS report_title, r.evaluated_body, a.role, a.item, a.printed, a.unit,
       CAST(a.yuan AS NUMERIC) AS yuan
FROM amounts a
LEFT JOIN reports r ON r.report_id = a.report_id AND r.source = a.source AND r.part = a.part;

CREATE VIEW v_ledger AS
SELECT source, status, code, reason, media_type, parts, pages, pages_ocr
FROM ledger;
