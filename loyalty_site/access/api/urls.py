"""Log-in and tokens, and who sells."""

from django.urls import path

from loyalty_site.access.api.capillary import OAuthTokenView
from loyalty_site.access.api.client_credentials import TokenView
from loyalty_site.access.api.log_in import LogInView, RefreshView, RevokeView
from loyalty_site.access.api.sellers import SellerViewSet
from loyalty_site.access.log_in import ADMIN, CUSTOMER, SELLER

urlpatterns = [
    path("api/admin/login_check", LogInView.as_view(door=ADMIN), name="admin_login_check"),
    path("api/seller/login_check", LogInView.as_view(door=SELLER), name="seller_login_check"),
    path("api/customer/login_check", LogInView.as_view(door=CUSTOMER), name="customer_login_check"),
    path("api/token/refresh", RefreshView.as_view(), name="token_refresh"),
    path("api/token/revoke", RevokeView.as_view(), name="token_revoke"),
    path("client/oauth/token", TokenView.as_view(), name="es-token"),
    path("api/seller", SellerViewSet.as_view({"get": "list"}), name="seller-list"),
    path("v3/oauth/token/generate", OAuthTokenView.as_view(), name="oauth-token-generate"),
]
