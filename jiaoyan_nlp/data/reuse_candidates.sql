-- 指纹连接：哪两篇文档值得细比。DuckDB 和 Spark 都照原样执行；:名字 由程序换成数。
-- 表 prints(doc, hash)：doc 按“谁更像来源”编号，小的在前；targets 起是这一批上报的文档，之前的是模板和往届。

-- name: holders
-- 每个指纹有几篇文档含有、最早的是哪一篇；只有一篇含有的不用连。
SELECT hash, COUNT(*) AS held, MIN(doc) AS first_doc
FROM prints
WHERE MOD(ABS(hash), :buckets) = :bucket
GROUP BY hash
HAVING COUNT(*) > 1

-- name: pairs
-- 罕见的指纹两两相连；常见的只同最早的一篇相连，所以抄的学校再多也不会漏，行数也只随文档数增长。
SELECT doc, source, SUM(rarity) AS evidence, COUNT(*) AS common
FROM (
    SELECT b.doc AS doc, a.doc AS source, 1.0 / (h.held - 1) AS rarity
    FROM holders h
    JOIN prints a ON a.hash = h.hash
    JOIN prints b ON b.hash = h.hash
    WHERE h.held <= :rare AND a.doc < b.doc AND b.doc >= :targets
    UNION ALL
    SELECT b.doc AS doc, h.first_doc AS source, 1.0 / (h.held - 1) AS rarity
    FROM holders h
    JOIN prints b ON b.hash = h.hash
    WHERE h.held > :rare AND b.doc > h.first_doc AND b.doc >= :targets
) AS links
GROUP BY doc, source

-- name: best
-- 各桶相加；共同的指纹要少见，或者要多；每篇留下最多的几篇。
SELECT doc, source, evidence, common
FROM (
    SELECT doc, source, evidence, common,
           ROW_NUMBER() OVER (PARTITION BY doc ORDER BY common DESC, evidence DESC, source) AS place
    FROM (
        SELECT doc, source, SUM(evidence) AS evidence, SUM(common) AS common
        FROM counted
        GROUP BY doc, source
        HAVING SUM(common) >= :shared AND (SUM(evidence) >= :evidence OR SUM(common) >= :many)
    ) AS summed
) AS ranked
WHERE place <= :sources
ORDER BY doc, place
