"""The papers of results: protocols and summary tables of the TECs and the CEC, frozen in Kyrgyz and Russian.

Carries out L36.2.b3, L36.3.a2, L37.2.a1, L37.2.a2 and L64.6. A paper is made in the act that it belongs to, once.
"""

from shailoo.results.papers.issuing import issue_cec_papers, issue_tec_papers, papers_of

__all__ = ["issue_cec_papers", "issue_tec_papers", "papers_of"]
